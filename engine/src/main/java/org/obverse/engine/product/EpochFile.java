package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.training.EpochStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An unfinished training in a file beside the artifacts, named by the digest of its unit's inputs. It ends with the
 * SHA-256 of what stands before, as its name says nothing of its bytes.
 *
 * @param file which may not exist
 */
public record EpochFile(Path file) implements EpochStore {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFile.class);

    /** A file that was damaged is as good as none. */
    @Override
    public Optional<TensorFile> last() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (!Sha256.isAtEndOf(file)) {
                LOG.warn("{} is damaged, so that the training which it holds starts anew", file);
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new EpochFileException("cannot read the epoch that was kept in " + file, e);
        }
        return Optional.of(TensorFile.open(file));
    }

    @Override
    public void save(Map<String, NDArray> tensors, Map<String, String> facts) {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        try {
            new DurableFolder(folder).make();
            ArtifactStore.writeWhole(file, channel -> write(channel, tensors, facts));
        } catch (IOException e) {
            throw new EpochFileException("cannot keep an epoch in the folder " + folder, e);
        }
    }

    private static void write(WritableByteChannel channel, Map<String, NDArray> tensors, Map<String, String> facts)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        TensorFile.write(
                Channels.newChannel(new DigestOutputStream(Channels.newOutputStream(channel), digest)), tensors, facts);
        channel.write(ByteBuffer.wrap(digest.digest()));
    }

    @Override
    public boolean keeps() {
        return true;
    }
}
