package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds what is not where it is expected: archives unpack into a folder of their own name, and so one or two folders deeper. */
final class Elsewhere {
    private static final int DEPTH = 2;
    /** Entries of a folder that are looked at. */
    private static final int MOST_ENTRIES = 10_000;

    private Elsewhere() {}

    /**
     * The folder below this one for which something holds, the first by name; none if there is none.
     */
    static List<Path> below(Path folder, Predicate<Path> wanted) {
        List<Path> level = folders(folder);
        for (int depth = 0; depth < DEPTH; depth++) {
            List<Path> found = level.stream().filter(wanted).limit(1).toList();
            if (!found.isEmpty()) {
                return found;
            }
            level = level.stream().flatMap(sub -> folders(sub).stream()).toList();
        }
        return List.of();
    }

    private static List<Path> folders(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int looked = 0;
            for (Path entry : entries) {
                looked++;
                if (looked > MOST_ENTRIES) {
                    break;
                }
                if (Files.isDirectory(entry)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Only a better word is lost.
            return List.of();
        }
        return folders.stream().sorted().toList();
    }
}
