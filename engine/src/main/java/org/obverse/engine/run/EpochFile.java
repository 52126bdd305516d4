package org.obverse.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.training.EpochStore;

/**
 * An unfinished training in a file beside the artifacts, named by the digest of its unit's inputs.
 *
 * @param file which may not exist
 */
record EpochFile(Path file) implements EpochStore {
    @Override
    public Optional<TensorFile> last() {
        return Files.isRegularFile(file) ? Optional.of(TensorFile.open(file)) : Optional.empty();
    }

    @Override
    public void save(byte[] epoch) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ArtifactStore.writeWhole(file, epoch);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep an epoch in " + file, e);
        }
    }

    @Override
    public boolean keeps() {
        return true;
    }

    /** The unit is finished. */
    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
