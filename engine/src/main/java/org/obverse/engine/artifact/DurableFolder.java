package org.obverse.engine.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder whose names survive a loss of power: a file's own bytes are not enough if nothing on the disk names it. */
public record DurableFolder(Path path) {
    /** The folder that a file lies in. */
    public static DurableFolder of(Path file) {
        return new DurableFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /** Makes the folder, and those above it, unless they are there; their own names are on the disk then. */
    public void make() throws IOException {
        if (!Files.isDirectory(path)) {
            DurableFolder above = of(path);
            above.make();
            Files.createDirectories(path);
            above.sync();
        }
    }

    /** Puts the folder's names on the disk; where folders cannot be opened, as on Windows, the file system does so itself. */
    public void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException e) {
            // Not a folder of this kind of file system.
        }
    }
}
