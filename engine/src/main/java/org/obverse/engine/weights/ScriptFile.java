package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.RegularFile;

/** Tells TorchScript programs from the other files that torch writes, before libtorch sees them. */
public final class ScriptFile {
    private static final String SAVE = "save the whole model: torch.jit.script(model.eval()).save(path)";
    private static final String WEIGHTS =
            "name it with the key weights of a classifier of its architecture, or " + SAVE;

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
