package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.ArtifactStore;
import tools.jackson.databind.json.JsonMapper;

/** Writes tensors to a safetensors file, block by block and each in its own type. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes a file that exists with all its bytes, on the disk, or does not exist.
     *
     * @param file must not exist
     * @throws InvalidConfigurationException if it exists or cannot be written, or if the tensors cannot be read
     */
    public static void write(Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        Place place = Place.of(file.toString());
        try {
            ArtifactStore.writeNew(file, channel -> {
                write(channel, header(tensors, metadata));
                for (StoredTensor tensor : tensors.values()) {
                    tensor.transfer(block -> write(channel, block));
                }
            });
        } catch (FileAlreadyExistsException e) {
            throw place.refused("exists already, and is not overwritten", "choose another name, or delete it");
        } catch (IOException e) {
            throw place.refused("cannot be written (" + e + ")", "check the folder and its free space");
        } catch (UncheckedIOException e) {
            throw WeightFile.unreadable(place, e);
        }
    }

    private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer header(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long offset = 0;
        for (Map.Entry<String, StoredTensor> named : tensors.entrySet()) {
            StoredTensor tensor = named.getValue();
            long length = tensor.byteLength();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", tensor.shape().getShape());
            entry.put("data_offsets", new long[] {offset, offset + length});
            header.put(named.getKey(), entry);
            offset += length;
        }
        byte[] json = JsonMapper.shared().writeValueAsBytes(header);
        int padding = (ALIGNMENT - json.length % ALIGNMENT) % ALIGNMENT;
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length + padding).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }
}
