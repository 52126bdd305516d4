package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/**
 * A file of a cache while it is written, beside the one that it becomes. It is locked until then: what a killed process left is
 * thereby told from what another one writes, and is removed when the next draft in its folder begins.
 */
final class Draft implements AutoCloseable {
    private static final String SUFFIX = ".draft";

    private final Path path;
    private final Path target;
    private final FileChannel out;

    private Draft(Path path, Path target, FileChannel out) {
        this.path = path;
        this.target = target;
        this.out = out;
    }

    /**
     * @param folder is made if it is not there
     * @param name of the file that the draft becomes
     */
    static Draft of(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        removeAbandoned(folder);
        while (true) {
            Path path = Files.createTempFile(folder, name + mark(), SUFFIX);
            // Until it is locked, another process may take it for abandoned, and remove it before it is opened or
            // afterwards.
            FileChannel out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isHeld(out) && Files.exists(path)) {
                return new Draft(path, folder.resolve(name), out);
            }
            out.close();
        }
    }

    /**
     * In the names of this process's drafts. Not even opened by others of its threads: on Linux a file that is closed loses all locks
     * that its process has on it. The start tells containers apart, in which every process has the same number.
     */
    private static String mark() {
        ProcessHandle process = ProcessHandle.current();
        return ".%d-%08x-"
                .formatted(process.pid(), process.info().startInstant().hashCode());
    }

    /** Also where the file system knows no locks, in which case nobody removes anything. */
    private static boolean isHeld(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    private static void removeAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path draft : drafts) {
                if (!draft.toString().contains(mark())) {
                    removeIfAbandoned(draft);
                }
            }
        }
    }

    /** Leaves what cannot be opened, locked or removed to others. */
    private static void removeIfAbandoned(Path draft) {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | OverlappingFileLockException e) {
            return;
        }
    }

    /** When it was begun, by the clock of its file system. */
    FileTime begun() throws IOException {
        return Files.getLastModifiedTime(path);
    }

    /** What is written. */
    FileChannel out() {
        return out;
    }

    /** Makes it the file, in the place of one that is there. */
    void keep() throws IOException {
        out.force(true);
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not kept. */
    @Override
    public void close() throws IOException {
        try (FileChannel written = out) {
            Files.deleteIfExists(path);
        }
    }
}
