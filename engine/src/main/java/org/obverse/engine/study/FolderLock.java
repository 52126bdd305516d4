package org.obverse.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.artifact.RegularFile;

/** The lock on a run's folder, which keeps a second process out while one works in it; it lies there as {@code lock}. */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";
    /** Whoever only asks with {@link #isHeld} holds it as well, for an instant. */
    private static final int ATTEMPTS = 10;

    private static final long PAUSE_NANOS = 20_000_000;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens a folder, and makes it if needed.
     *
     * @throws InvalidConfigurationException if it cannot be written, or another process holds it
     */
    static FolderLock open(Path folder) {
        try {
            new DurableFolder(folder).make();
            Path file = folder.resolve(FILE);
            RegularFile.requireIfThere(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel, folder);
            return new FolderLock(folder, channel, lock);
        } catch (IOException e) {
            throw readOnly(folder, e.toString());
        }
    }

    /** For who cannot write in a folder before anything was run there. */
    static InvalidConfigurationException readOnly(Path folder, String cause) {
        return new InvalidConfigurationException(new Problem(
                folder.toString(),
                "the run directory cannot be written (" + cause + ")",
                "choose another one with --runs"));
    }

    /**
     * Whether a process holds a folder; nothing is written there.
     *
     * @throws UncheckedIOException if that cannot be found out
     */
    static boolean isHeld(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find out whether a process works in " + folder, e);
        }
    }

    private static FileLock tryLock(FileChannel channel, Path folder) throws IOException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw held(folder);
        }
        channel.close();
        throw held(folder);
    }

    private static InvalidConfigurationException held(Path folder) {
        return new InvalidConfigurationException(new Problem(
                folder.toString(),
                "another process is working in this run directory",
                "wait for it, or give this run another name with --name"));
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + folder, e);
        }
    }
}
