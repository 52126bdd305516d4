package org.obverse.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanWriter;

/**
 * Tells files of one path apart, so that a result depends on what a file holds and not on what it is called. Each is read
 * once. Weights that a plugin brings are part of the plugin's hash.
 */
final class FileHashes {
    /** The sections of a plan that name no files. */
    private static final List<String> WITHOUT_FILES = List.of("name", "seeds", "execution");

    private final Path base;
    private final Map<String, String> known = new HashMap<>();

    /**
     * @param base the folder to which file names in plans are relative
     */
    FileHashes(Path base) {
        this.base = base;
    }

    /** The hash of the file at a location; the location itself if there is no file. */
    String of(String location) {
        return known.computeIfAbsent(location, this::hash);
    }

    private String hash(String location) {
        try {
            Path file = base.resolve(location);
            return !location.isEmpty() && Files.isRegularFile(file) ? Sha256.of(file) : location;
        } catch (InvalidPathException e) {
            return location;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + location, e);
        }
    }

    /** The hashes of the files that a plan names, by location. */
    Map<String, String> of(Plan plan) {
        Map<String, String> hashes = new TreeMap<>();
        PlanWriter.tree(plan).entries().forEach((section, node) -> {
            if (!WITHOUT_FILES.contains(section)) {
                hashes.putAll(in(node));
            }
        });
        return hashes;
    }

    /** The hashes of all files that a configuration names, by location, in its order. */
    Map<String, String> in(Node configuration) {
        Map<String, String> hashes = new LinkedHashMap<>();
        if (configuration instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(node -> hashes.putAll(in(node)));
        } else if (configuration instanceof Node.Sequence sequence) {
            sequence.items().forEach(node -> hashes.putAll(in(node)));
        } else if (configuration instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && !of(text).equals(text)) {
            hashes.put(text, of(text));
        }
        return hashes;
    }
}
