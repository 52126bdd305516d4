package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Who performs which unit, among all drivers on one store. A lease is a lock on one byte of the file {@code leases}, at a place that the
 * digest decides; the system (for NFS its server) takes it back when the process that holds it ends, however that happens. Nothing is
 * written, so nothing can be left behind. A run also holds a lease of its own for as long as it goes on, and who frees artifacts holds
 * all of them, so that neither begins while the other is at work.
 */
public final class Leases implements AutoCloseable {
    /** 60 bits: a lock's place is a positive long. Two units of one place would only wait for each other. */
    private static final int DIGITS = 15;

    static final String FILE = "leases";

    private final FileChannel channel;
    private final List<RemoteLeases> remote;
    private final Map<String, FileLock> held = new HashMap<>();

    private Leases(FileChannel channel, List<RemoteLeases> remote) {
        this.channel = channel;
        this.remote = remote;
    }

    /** Those of a store. */
    public static Leases of(ArtifactStore artifacts) {
        return of(artifacts, List.of());
    }

    /**
     * Those of a store, each of which is held in other stores as well.
     *
     * @param remote closed with these
     * @throws InvalidConfigurationException if the store's folder cannot be written
     */
    public static Leases of(ArtifactStore artifacts, List<RemoteLeases> remote) {
        Path file = artifacts.folder().resolve(FILE);
        RegularFile.requireIfThere(file);
        try {
            Files.createDirectories(artifacts.folder());
            return new Leases(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE), remote);
        } catch (IOException e) {
            throw new InvalidConfigurationException(new Problem(
                    artifacts.folder().toString(),
                    "the folder of all artifacts cannot be written (" + e + ")",
                    "choose another place for all runs with --runs"));
        }
    }

    /** Takes the lease of what has this digest, unless another driver holds it; says whether it is held here now. */
    public boolean take(String digest) {
        if (!held.containsKey(digest) && !lock(digest)) {
            return false;
        }
        if (!remote.stream().allMatch(leases -> leases.take(digest))) {
            unlock(digest);
            return false;
        }
        return true;
    }

    private boolean lock(String digest) {
        try {
            FileLock lock = channel.tryLock(Long.parseLong(digest.substring(0, DIGITS), 16), 1, false);
            if (lock != null) {
                held.put(digest, lock);
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another driver of this process.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock a byte of the file leases in the folder objects", e);
        }
    }

    /**
     * Keeps others from taking all leases at once, until these are closed.
     *
     * @param run the folder of a run that nobody else works in
     * @throws InvalidConfigurationException if somebody has taken them all
     */
    public void enter(Path run) {
        if (!lock(Sha256.of(run.toAbsolutePath().normalize().toString()))) {
            throw new InvalidConfigurationException(new Problem(
                    run.toString(),
                    "'obverse runs gc' frees artifacts beside it at this moment",
                    "begin again when that has ended"));
        }
    }

    /** Takes all leases, unless anybody holds one or {@linkplain #enter entered}; says whether they are held here now. */
    public boolean takeAll() {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, false);
            if (lock != null) {
                held.put("", lock);
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock the file leases in the folder objects", e);
        }
    }

    /** Gives back what is held. */
    public void release(String digest) {
        unlock(digest);
        remote.forEach(leases -> leases.release(digest));
    }

    /** Whether it is time to look again at what other drivers hold: always, or seldom if that is asked of another machine. */
    public boolean isDue() {
        return remote.stream().allMatch(RemoteLeases::isDue);
    }

    private void unlock(String digest) {
        FileLock lock = held.remove(digest);
        if (lock != null) {
            try {
                lock.release();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unlock a byte of the file leases in the folder objects", e);
            }
        }
    }

    @Override
    public void close() {
        try (channel) {
            remote.forEach(RemoteLeases::close);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the file leases", e);
        }
    }
}
