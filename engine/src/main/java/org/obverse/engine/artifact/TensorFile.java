package org.obverse.engine.artifact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file: an 8-byte little-endian header length, a JSON header, raw little-endian tensors. Everything that
 * the header claims is checked before memory is taken for it.
 */
public final class TensorFile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String METADATA = "__metadata__";
    private static final int LONGEST_HEADER = 100_000_000;

    private final String subject;
    private final Body body;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private TensorFile(String subject, Body body) throws IOException {
        this.subject = subject;
        this.body = body;
        long start = readHeader();
        long end = body.length();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Entry claimed = entry.getValue();
            if (claimed.from() < start || claimed.from() > claimed.to() || claimed.to() > end) {
                throw refused("tensor '" + entry.getKey() + "' ends at byte " + claimed.to() + " of " + end
                        + ": the file is truncated or damaged");
            }
            if (claimed.to() - claimed.from() != claimed.byteLength()) {
                throw refused("tensor '" + entry.getKey() + "' of shape " + claimed.shape() + " needs "
                        + claimed.byteLength() + " bytes and has " + (claimed.to() - claimed.from()));
            }
        }
    }

    /**
     * @throws InvalidConfigurationException if there is no such file, or it is not a sound safetensors file
     */
    public static TensorFile open(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return new TensorFile(file.toString(), new FileBody(file));
        } catch (NoSuchFileException e) {
            throw new InvalidConfigurationException(
                    new Problem(file.toString(), "there is no such file", "give the path of a safetensors file"));
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    new Problem(file.toString(), "cannot be read (" + e.getMessage() + ")", "check its permissions"));
        }
    }

    /**
     * @param subject what to call the bytes in messages
     * @throws InvalidConfigurationException if they are not a sound safetensors file
     */
    public static TensorFile of(String subject, byte[] bytes) {
        try {
            return new TensorFile(subject, new ArrayBody(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** The bytes of a file with these tensors, in their order, and this metadata. Equal input gives equal bytes. */
    public static byte[] encode(Map<String, NDArray> tensors, Map<String, String> metadata) {
        List<ByteBuffer> raw =
                tensors.values().stream().map(NDArray::toByteBuffer).toList();
        return file(
                header(tensors, metadata),
                raw,
                raw.stream().mapToLong(ByteBuffer::remaining).sum());
    }

    /** Writes what {@link #encode} returns, with one tensor at a time in memory. */
    public static void write(WritableByteChannel out, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        writeAll(out, ByteBuffer.wrap(file(header(tensors, metadata), List.of(), 0)));
        for (NDArray tensor : tensors.values()) {
            writeAll(out, tensor.toByteBuffer());
        }
    }

    private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static Map<String, Object> header(Map<String, NDArray> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, metadata);
        }
        long offset = 0;
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            TensorType type = TensorType.of(tensor.getValue().getDataType());
            Shape shape = tensor.getValue().getShape();
            long end = offset + shape.size() * type.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", type.name());
            entry.put("shape", shape.getShape());
            entry.put("data_offsets", new long[] {offset, end});
            header.put(tensor.getKey(), entry);
            offset = end;
        }
        return header;
    }

    private static byte[] file(Map<String, Object> header, Collection<ByteBuffer> tensors, long size) {
        byte[] json = JSON.writeValueAsBytes(header);
        int padding = (8 - json.length % 8) % 8;
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(8 + json.length + padding + size))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length + padding).put(json);
        for (int i = 0; i < padding; i++) {
            file.put((byte) ' ');
        }
        tensors.forEach(file::put);
        return file.array();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * @throws InvalidConfigurationException if there is no such tensor
     */
    public Shape shape(String name) {
        return entry(name).shape();
    }

    /**
     * A tensor in its own type, except that half-precision types are read as float32 and 16-bit integers as 32-bit.
     *
     * @throws InvalidConfigurationException if there is no such tensor
     */
    public NDArray tensor(NDManager manager, String name) {
        Entry entry = entry(name);
        try {
            ByteBuffer bytes = body.read(entry.from(), Math.toIntExact(entry.to() - entry.from()));
            return entry.type().read(manager, bytes.order(ByteOrder.LITTLE_ENDIAN), entry.shape());
        } catch (IOException e) {
            throw refused("tensor '" + name + "' cannot be read (" + e.getMessage() + ")");
        }
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw refused("has no tensor '" + name + "'");
        }
        return entry;
    }

    private long readHeader() throws IOException {
        if (body.length() < 8) {
            throw refused("is " + body.length() + " bytes long, which is too short for safetensors");
        }
        long length = body.read(0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > body.length() - 8) {
            throw refused("claims a header of " + length + " bytes: it is truncated or not safetensors");
        }
        ByteBuffer bytes = body.read(8, (int) length);
        JsonNode header;
        try {
            header = JSON.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
        } catch (JacksonException e) {
            throw refused("has a header that is not JSON: it is damaged or not safetensors");
        }
        for (Map.Entry<String, JsonNode> property : header.properties()) {
            if (property.getKey().equals(METADATA)) {
                property.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asString()));
            } else {
                entries.put(property.getKey(), readEntry(property.getKey(), property.getValue(), 8 + length));
            }
        }
        return 8 + length;
    }

    private Entry readEntry(String name, JsonNode node, long start) {
        JsonNode offsets = node.path("data_offsets");
        JsonNode shape = node.path("shape");
        TensorType type = TensorType.named(node.path("dtype").asString(""));
        if (type == TensorType.UNKNOWN || !shape.isArray() || offsets.size() != 2) {
            throw refused("describes tensor '" + name + "' in a way that is not understood: " + node);
        }
        long[] axes = new long[shape.size()];
        long elements = 1;
        for (int i = 0; i < axes.length; i++) {
            axes[i] = shape.get(i).asLong(-1);
            if (axes[i] < 0 || (axes[i] > 0 && elements > (1L << 40) / axes[i])) {
                throw refused("gives tensor '" + name + "' an impossible shape: " + shape);
            }
            elements *= axes[i];
        }
        return new Entry(
                type,
                new Shape(axes),
                start + offsets.get(0).asLong(-1),
                start + offsets.get(1).asLong(-1));
    }

    private InvalidConfigurationException refused(String message) {
        return new InvalidConfigurationException(new Problem(subject, message, "give a whole safetensors file"));
    }

    private record Entry(TensorType type, Shape shape, long from, long to) {
        long byteLength() {
            return shape.size() * type.bytes();
        }
    }

    private interface Body {
        long length() throws IOException;

        ByteBuffer read(long from, int length) throws IOException;
    }

    private record FileBody(Path file) implements Body {
        @Override
        public long length() throws IOException {
            return Files.size(file);
        }

        @Override
        public ByteBuffer read(long from, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocateDirect(length);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, from + bytes.position()) < 0) {
                        throw new IOException("the file ends early");
                    }
                }
            }
            return bytes.flip();
        }
    }

    private static final class ArrayBody implements Body {
        private final byte[] bytes;

        ArrayBody(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public ByteBuffer read(long from, int length) {
            return ByteBuffer.wrap(bytes, Math.toIntExact(from), length).slice();
        }
    }
}
