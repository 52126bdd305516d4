package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.Optional;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.training.EpochStore;

/** The last epoch of a training, in memory. */
final class KeptEpoch implements EpochStore {
    private Optional<byte[]> saved = Optional.empty();

    @Override
    public Optional<TensorFile> last() {
        return saved.map(bytes -> TensorFile.of("the epoch that was kept", bytes));
    }

    @Override
    public void save(Map<String, NDArray> tensors, Map<String, String> facts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TensorFile.write(Channels.newChannel(out), tensors, facts);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot be written", e);
        }
        saved = Optional.of(out.toByteArray());
    }

    @Override
    public boolean keeps() {
        return true;
    }
}
