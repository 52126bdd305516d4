package org.obverse.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.configuration.Node;

/**
 * Tells files of one path apart, so that a result depends on what a file holds and not on what it is called. Weights that
 * a plugin brings are part of the plugin's hash.
 *
 * @param base the folder to which file names in the plan are relative
 * @param images digest of the files that the data set reads; empty if it reads none
 */
record FileHashes(Path base, String images) {
    /** The hash of the file at a location; the location itself if there is no file. */
    String of(String location) {
        try {
            Path file = base.resolve(location);
            return !location.isEmpty() && Files.isRegularFile(file) ? Sha256.of(file) : location;
        } catch (InvalidPathException e) {
            return location;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + location, e);
        }
    }

    /** The hashes of all files that a configuration names. */
    List<String> in(Node configuration) {
        if (configuration instanceof Node.Mapping mapping) {
            return mapping.entries().values().stream()
                    .flatMap(node -> in(node).stream())
                    .toList();
        }
        if (configuration instanceof Node.Sequence sequence) {
            return sequence.items().stream().flatMap(node -> in(node).stream()).toList();
        }
        if (configuration instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && !of(text).equals(text)) {
            return List.of(of(text));
        }
        return List.of();
    }
}
