package org.obverse.engine.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.RemoteStore;
import org.obverse.engine.artifact.RemoteStoreException;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;

/**
 * Products by the digest of what they were made from. Safe for several threads and processes.
 *
 * @param remote what runs on several machines share, at most one: what is made here is put there, and what is missing here is fetched
 */
public record ProductStore(ArtifactStore artifacts, List<RemoteStore> remote) {
    public ProductStore {
        remote = List.copyOf(remote);
    }

    /** Nothing is shared with other machines. */
    public ProductStore(ArtifactStore artifacts) {
        this(artifacts, List.of());
    }

    /** What is stored under a digest, if that is really what it was made from; whether its artifact is whole was not asked. */
    public Optional<Provenance> provenance(String digest) {
        return artifacts.reference(digest).flatMap(bytes -> read(bytes, digest));
    }

    private static Optional<Provenance> read(byte[] reference, String digest) {
        try {
            return Optional.of(Provenance.of(reference))
                    .filter(found -> found.digest().equals(digest));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /**
     * As {@link #provenance}, with an artifact whose bytes are those that were stored.
     *
     * @throws RemoteStoreException if the store that is shared cannot be asked
     */
    public Optional<Provenance> find(String digest) {
        if (!ArtifactStore.isDigest(digest)) {
            return Optional.empty();
        }
        Optional<Provenance> here = provenance(digest).filter(found -> artifacts.isIntact(found.artifact()));
        for (RemoteStore store : remote) {
            here.filter(found -> !store.holds(digest)).ifPresent(found -> store.put(digest, found.artifact()));
        }
        return here.or(() ->
                remote.stream().flatMap(store -> fetch(store, digest).stream()).findFirst());
    }

    /** What is damaged there counts as not there, and is taken out. */
    private Optional<Provenance> fetch(RemoteStore store, String digest) {
        Optional<byte[]> reference = store.referred(digest);
        Optional<Provenance> there = reference.flatMap(bytes -> read(bytes, digest));
        Optional<Provenance> whole = there.filter(found -> store.fetch(found.artifact()));
        if (whole.isPresent()) {
            reference.ifPresent(bytes -> artifacts.refer(digest, bytes));
        } else if (reference.isPresent()) {
            store.discard(digest, there.map(Provenance::artifact).stream().toList());
        }
        return whole;
    }

    /** Whether this artifact is stored under this digest. */
    boolean holds(String digest, String artifact) {
        return provenance(digest)
                .filter(found -> found.artifact().equals(artifact)
                        && Files.isRegularFile(artifacts.artifact(artifact).file()))
                .isPresent();
    }

    /** A file that is missing of what was stored under some digests, and of what that is read with. */
    Optional<Path> lost(List<String> digests) {
        for (String digest : digests) {
            Optional<Provenance> made = provenance(digest);
            Path file = made.map(found -> artifacts.artifact(found.artifact()).file())
                    .orElseGet(() -> artifacts.referenceFile(digest));
            Optional<Path> missing = made.isEmpty() || !Files.isRegularFile(file)
                    ? Optional.of(file)
                    : lost(made.get().inputs());
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** The artifact under a digest. */
    Artifact artifact(String digest) {
        return provenance(digest)
                .map(found -> artifacts.artifact(found.artifact()))
                .orElseThrow(() -> new IllegalStateException("nothing is stored under " + digest));
    }

    /**
     * Stores the artifact, then what it was made from: without the second, nobody finds the first.
     *
     * @return what is stored now: if another machine was faster, what that one made
     * @throws RemoteStoreException if it is stored here, and the store that is shared does not take it
     */
    public Provenance save(
            Ingredients ingredients, List<String> inputs, Summary summary, ArtifactStore.Content content) {
        String digest = ingredients.digest(inputs);
        Artifact artifact = artifacts.save(digest, content);
        Provenance made = new Provenance(ingredients, inputs, artifact.sha256(), summary);
        artifacts.refer(digest, made.bytes());
        return remote.stream()
                .map(store -> put(store, digest, made))
                .findFirst()
                .orElse(made);
    }

    private Provenance put(RemoteStore store, String digest, Provenance made) {
        if (store.put(digest, made.artifact())) {
            return made;
        }
        Optional<Provenance> faster = fetch(store, digest);
        if (faster.isEmpty()) {
            store.put(digest, made.artifact());
        }
        return faster.orElse(made);
    }

    Path unfinished(String digest) {
        return artifacts.unfinished(digest);
    }

    /** Removes what a unit kept while it was not finished. */
    void finish(String digest) {
        try {
            ArtifactStore.removeWhole(unfinished(digest));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + unfinished(digest), e);
        }
    }
}
