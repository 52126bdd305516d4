package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The clock of a file system, which stands still for some milliseconds at a time. */
final class Ticks {
    private Ticks() {}

    /** Returns once a file that is written now is younger than all that were written before. */
    static void pass(Path folder) throws IOException {
        Path file = folder.resolve(".tick");
        FileTime before = written(file);
        while (written(file).equals(before)) {
            Thread.onSpinWait();
        }
    }

    private static FileTime written(Path file) throws IOException {
        Files.write(file, new byte[1]);
        FileTime written = Files.getLastModifiedTime(file);
        Files.delete(file);
        return written;
    }
}
