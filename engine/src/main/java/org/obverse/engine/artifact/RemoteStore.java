package org.obverse.engine.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store that runs on several machines share, beside the one that is here: {@code artifacts/SHA-256}, and {@code
 * references/DIGEST} to them. What it lends is copied here first. Safe for several threads.
 */
public final class RemoteStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteStore.class);

    private static final int READS = 2;

    private final ObjectStore store;
    private final String subject;
    private final ArtifactStore here;
    private final Path nothing;

    /**
     * @param store is closed with this
     * @param subject for messages: {@code store 's3' of plugin 's3'}
     */
    public RemoteStore(ObjectStore store, String subject, ArtifactStore here) {
        this.store = store;
        try {
            this.nothing = Files.createTempFile("obverse-lease", "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make an empty file for leases", e);
        }
        this.subject = subject;
        this.here = here;
    }

    /** Whether anything is referred to under a digest. */
    public boolean holds(String digest) {
        return get(reference(digest), OutputStream.nullOutputStream());
    }

    /** Puts an artifact that is here, and then its reference; says whether the reference is this one, or another one was there before. */
    public boolean put(String digest, String artifact) {
        put(object(artifact), here.artifact(artifact).file());
        return put(reference(digest), here.referenceFile(digest));
    }

    /** What is referred to under a digest. */
    public Optional<byte[]> referred(String digest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return get(reference(digest), bytes) ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    /** Copies an artifact, unless it is here; says whether it is here now, whole. */
    public boolean fetch(String artifact) {
        // A connection that breaks off looks like damage.
        return IntStream.range(0, READS).anyMatch(read -> isFetched(artifact));
    }

    private boolean isFetched(String artifact) {
        try {
            return here.isIntact(artifact)
                    || here.save(artifact, channel -> copy(artifact, Channels.newOutputStream(channel)))
                            .sha256()
                            .equals(artifact);
        } catch (Absent e) {
            return false;
        }
    }

    private void copy(String artifact, OutputStream bytes) {
        if (!get(object(artifact), bytes)) {
            throw new Absent();
        }
    }

    /** Takes out what cannot be believed, so that it can be put again. */
    public void discard(String digest, List<String> artifacts) {
        LOG.warn("{} holds something damaged under {}, which is made again", subject, digest);
        remove(reference(digest));
        artifacts.forEach(artifact -> remove(object(artifact)));
    }

    boolean put(String key, Path bytes) {
        return ask("put " + key, () -> store.putIfAbsent(key, bytes));
    }

    private boolean get(String key, OutputStream bytes) {
        return ask("get " + key, () -> store.get(key, bytes));
    }

    List<String> keys(String prefix) {
        return ask("list " + prefix, () -> store.list(prefix));
    }

    void remove(String key) {
        ask("remove " + key, () -> {
            store.remove(key);
            return key;
        });
    }

    /** A file without bytes. It is not the one of our own leases: who opens and closes that gives up the process's locks on it. */
    Path nothing() {
        return nothing;
    }

    @Override
    public void close() {
        try (store) {
            Files.deleteIfExists(nothing);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + nothing, e);
        }
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    private <T> T ask(String asked, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (IOException e) {
            throw new RemoteStoreException(
                    "%s cannot %s; what was made lies in %s, and a run that goes on puts it there"
                            .formatted(subject, asked, here.folder()),
                    e);
        }
    }

    private static String object(String artifact) {
        return "artifacts/" + artifact;
    }

    private static String reference(String digest) {
        return "references/" + digest;
    }

    private static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
