package org.obverse.engine.artifact;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a tensor file is to hold; a slice of a tensor is in memory beside the arrays themselves while it is written.
 *
 * @param all in their order
 */
public record Tensors(Map<String, NDArray> all, Map<String, String> metadata) implements ArtifactStore.Content {
    /** The same with one more fact. */
    public Tensors with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Tensors(all, more);
    }

    @Override
    public void write(WritableByteChannel channel) throws IOException {
        TensorFile.write(channel, all, metadata);
    }
}
