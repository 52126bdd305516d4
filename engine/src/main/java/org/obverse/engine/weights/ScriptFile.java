package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.RegularFile;

/** Tells TorchScript programs from the other files that torch writes, before libtorch sees them. */
public final class ScriptFile {
    private static final String SAVE = "save the whole model: torch.jit.script(model.eval()).save(path)";
    private static final String WEIGHTS =
            "name it with the key weights of a classifier of its architecture, or " + SAVE;

    private static final Pattern SOURCE = Pattern.compile("(?:[^/]+/)?code/(__torch__(?:/.*)?)\\.py");
    private static final Pattern NAMED_TUPLE =
            Pattern.compile("(?m)^class (\\w+)\\(NamedTuple\\):\\n((?: +\\w+ : .*\\n?)*)");
    /** Bytes of one source: hundreds of times that of the largest network of torchvision. */
    private static final int MOST_SOURCE = 16 << 20;

    private ScriptFile() {}

    /**
     * @param subject what to call the file in messages
     * @throws InvalidConfigurationException if there is no such file, or it is not a whole TorchScript program
     */
    public static void require(Path file, String subject) {
        Place place = Place.of(subject);
        RegularFile.require(file, subject, "give the path of a TorchScript file");
        try {
            ByteSource bytes = ByteSource.of(file);
            Signature signature = Signature.of(bytes);
            if (signature != Signature.ZIP) {
                throw place.refused("is not a TorchScript file, which is a zip file", notZip(signature));
            }
            requireProgram(place, ZipMembers.of(place, bytes).all());
        } catch (IOException e) {
            throw WeightFile.unreadable(place, e);
        } catch (UncheckedIOException e) {
            throw WeightFile.unreadable(place, e);
        }
    }

    /**
     * The fields of each named tuple that a program defines, by its qualified name such as {@code __torch__.models.Outputs}:
     * libtorch tells a result's type, but not its fields. A program's source is printed by torch, one field a line.
     *
     * @param subject what to call the file in messages
     */
    public static Map<String, List<String>> namedTuples(Path file, String subject) {
        Place place = Place.of(subject);
        Map<String, List<String>> tuples = new HashMap<>();
        try {
            ZipMembers.of(place, ByteSource.of(file)).all().forEach((name, content) -> {
                Matcher source = SOURCE.matcher(name);
                if (source.matches() && content.length() <= MOST_SOURCE) {
                    String module = source.group(1).replace('/', '.');
                    String text = StandardCharsets.UTF_8
                            .decode(content.bytes(0, (int) content.length()))
                            .toString();
                    NAMED_TUPLE
                            .matcher(text)
                            .results()
                            .forEach(tuple -> tuples.put(module + "." + tuple.group(1), fields(tuple.group(2))));
                }
            });
            return tuples;
        } catch (IOException e) {
            throw WeightFile.unreadable(place, e);
        } catch (UncheckedIOException e) {
            throw WeightFile.unreadable(place, e);
        }
    }

    private static List<String> fields(String body) {
        return body.lines()
                .map(line -> line.strip().replaceFirst("\\s*:.*", ""))
                .toList();
    }

    private static String notZip(Signature signature) {
        return switch (signature) {
            case PICKLE, TORCH_LEGACY, SAFETENSORS, JSON -> "it looks like weights: " + WEIGHTS;
            case ZIP, STRANGER -> SAVE;
        };
    }

    private static void requireProgram(Place place, Map<String, ByteSource> members) {
        switch (Archive.of(members)) {
            case PROGRAM -> {}
            case TORCH, NPZ -> throw place.refused("holds tensors without a program, such as a state dict", WEIGHTS);
            case OTHER -> throw place.refused("is a zip file without a TorchScript program", SAVE);
        }
    }
}
