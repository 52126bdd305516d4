package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store, for whoever frees what nobody needs. What is none of the store's own is not among them. */
public record StoredFiles(ArtifactStore store) {
    private static final String NAME = "[0-9a-f]{64}";

    /** Artifacts, in the order of their names. */
    public List<Path> artifacts() {
        return named(store.folder());
    }

    /** What unfinished units kept, in the order of their digests. */
    public List<Path> unfinished() {
        return named(unfinishedFolder());
    }

    /** What processes that are no more were writing when they ended. */
    public List<Path> halfWritten() {
        List<Path> found = new ArrayList<>();
        try {
            for (Path folder : List.of(store.folder(), references(), unfinishedFolder())) {
                found.addAll(Draft.allDead(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + store.folder(), e);
        }
        return found;
    }

    /**
     * Makes sure that what was removed among the references is gone from the disk, whatever happens to the machine.
     *
     * @throws IOException if it cannot be written
     */
    public void settleReferences() throws IOException {
        if (Files.isDirectory(references())) {
            new DurableFolder(references()).sync();
        }
    }

    private Path references() {
        return store.referenceFile("any").resolveSibling("");
    }

    private Path unfinishedFolder() {
        return store.unfinished("any").resolveSibling("");
    }

    private static List<Path> named(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(NAME) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
