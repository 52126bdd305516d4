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
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;

/** Products by the digest of what they were made from. Safe for several threads and processes. */
public record ProductStore(ArtifactStore artifacts) {
    /** What is stored under a digest, if that is really what it was made from; whether its artifact is whole was not asked. */
    public Optional<Provenance> provenance(String digest) {
        try {
            return artifacts
                    .reference(digest)
                    .map(Provenance::of)
                    .filter(found -> found.digest().equals(digest));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** As {@link #provenance}, with an artifact whose bytes are those that were stored. */
    public Optional<Provenance> find(String digest) {
        return provenance(digest).filter(found -> artifacts.isIntact(found.artifact()));
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

    /** Stores the artifact, then what it was made from: without the second, nobody finds the first. */
    public Provenance save(
            Ingredients ingredients, List<String> inputs, Summary summary, ArtifactStore.Content content) {
        String digest = ingredients.digest(inputs);
        Artifact artifact = artifacts.save(digest, content);
        Provenance made = new Provenance(ingredients, inputs, artifact.sha256(), summary);
        artifacts.refer(digest, made.bytes());
        return made;
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
