package org.obverse.engine.artifact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file: a {@linkplain SafetensorsHeader header}, then raw little-endian tensors. Everything that the header
 * claims is checked before memory is taken for it. What lies behind the last tensor is its writer's own.
 */
public final class TensorFile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String METADATA = "__metadata__";

    /** How many bytes of a tensor pass through Java at once; a tensor may be larger than any Java buffer. */
    private static final int SLICE = 8 << 20;

    private final String subject;
    private final StoredBytes body;
    private final int slice;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private TensorFile(String subject, StoredBytes body, int slice) throws IOException {
        this.subject = subject;
        this.body = body;
        this.slice = slice;
        SafetensorsHeader header = SafetensorsHeader.of(subject, body);
        metadata.putAll(header.metadata());
        header.entries().forEach((name, claimed) -> entries.put(name, entry(name, claimed)));
    }

    private Entry entry(String name, SafetensorsHeader.Entry claimed) {
        TensorType type = TensorType.named(claimed.type());
        if (type == TensorType.UNKNOWN) {
            throw refused("has tensor '" + name + "' of type '" + claimed.type() + "', which is not read");
        }
        Entry entry = new Entry(type, claimed.shape(), claimed.from());
        if (claimed.to() - claimed.from() != entry.byteLength()) {
            throw refused("tensor '" + name + "' of shape " + entry.shape() + " needs " + entry.byteLength()
                    + " bytes and has " + (claimed.to() - claimed.from()));
        }
        return entry;
    }

    /**
     * @throws InvalidConfigurationException if there is no such file, or it is not a sound safetensors file
     */
    public static TensorFile open(Path file) {
        RegularFile.require(file, file.toString(), "give the path of a safetensors file");
        try {
            return new TensorFile(file.toString(), new StoredBytes.OfFile(file), SLICE);
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
        return of(subject, bytes, SLICE);
    }

    /**
     * @param slice how many bytes of a tensor are read at once, at least those of an element
     */
    static TensorFile of(String subject, byte[] bytes, int slice) {
        try {
            return new TensorFile(subject, new StoredBytes.OfArray(bytes), slice);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /**
     * Writes a file with these tensors, in their order, and this metadata, a slice at a time. Equal input gives equal
     * bytes.
     */
    public static void write(WritableByteChannel out, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        write(out, tensors, metadata, SLICE);
    }

    /**
     * @param slice how many bytes of a tensor are written at once, at least those of an element
     */
    static void write(WritableByteChannel out, Map<String, NDArray> tensors, Map<String, String> metadata, int slice)
            throws IOException {
        writeAll(out, header(tensors, metadata));
        for (NDArray tensor : tensors.values()) {
            int elements = slice / tensor.getDataType().getNumOfBytes();
            // A scope around all of it would remember every part, closed or not.
            try (NDScope scope = new NDScope();
                    NDArray flat = tensor.flatten()) {
                for (long from = 0; from < flat.size(); from += elements) {
                    try (NDArray part = flat.get(span(from, Math.min(flat.size(), from + elements)))) {
                        writeAll(out, part.toByteBuffer());
                    }
                }
            }
        }
    }

    private static NDIndex span(long from, long to) {
        return new NDIndex().addSliceDim(from, to);
    }

    private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer header(Map<String, NDArray> tensors, Map<String, String> metadata) {
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
        byte[] json = JSON.writeValueAsBytes(header);
        int padding = (8 - json.length % 8) % 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length + padding).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
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
        NDArray tensor = manager.create(entry.shape(), entry.type().readAs());
        copy(name, 0, entry.shape().size(), tensor, 0);
        return tensor;
    }

    /**
     * The type in which a tensor is read.
     *
     * @throws InvalidConfigurationException if there is no such tensor
     */
    public DataType type(String name) {
        return entry(name).type().readAs();
    }

    /**
     * Reads some rows of a tensor, and nothing else of it.
     *
     * @param from the first row
     * @param to behind the last row
     * @param into contiguous, of the {@link #type} of the tensor, with rows of the same shape
     * @param at the row of {@code into} that the first one replaces
     * @throws InvalidConfigurationException if there is no such tensor
     */
    public void readRows(String name, long from, long to, NDArray into, long at) {
        Shape row = shape(name).slice(1);
        if (!row.equals(into.getShape().slice(1)) || type(name) != into.getDataType()) {
            throw refused("holds '" + name + "' as " + type(name) + " with rows of shape " + row
                    + " and another file of this run as " + into.getDataType() + " with rows of shape "
                    + into.getShape().slice(1));
        }
        copy(name, from * row.size(), to * row.size(), into, at * row.size());
    }

    /**
     * Some elements of a tensor, for who has no arrays.
     *
     * @param from the first, in row-major order
     * @return rounded to float32
     * @throws InvalidConfigurationException if there is no such tensor, or it is shorter
     */
    public float[] floats(String name, long from, int count) {
        Entry entry = entry(name);
        if (from < 0 || count < 0 || from > entry.shape().size() - count) {
            throw refused("tensor '" + name + "' of shape " + entry.shape() + " has no elements " + from + " to "
                    + (from + count));
        }
        int width = entry.type().bytes();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            body.read(entry.from() + from * width, bytes);
        } catch (IOException e) {
            throw refused("tensor '" + name + "' cannot be read (" + e.getMessage() + ")");
        }
        return entry.type().floats(bytes);
    }

    /** Elements from one place of a tensor to another, over those of an array from a place on. */
    private void copy(String name, long from, long to, NDArray into, long at) {
        Entry entry = entry(name);
        int width = entry.type().bytes();
        int most = (int) Math.min(slice / width, to - from);
        ByteBuffer bytes = ByteBuffer.allocateDirect(most * width).order(ByteOrder.LITTLE_ENDIAN);
        try (NDArray flat = into.flatten()) {
            for (long next = from; next < to; next += most) {
                int count = (int) Math.min(most, to - next);
                body.read(entry.from() + next * width, bytes.clear().limit(count * width));
                try (NDArray part = entry.type().read(into.getManager(), bytes, count)) {
                    flat.set(span(at + next - from, at + next - from + count), part);
                }
            }
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

    private InvalidConfigurationException refused(String message) {
        return new InvalidConfigurationException(new Problem(subject, message, "give a whole safetensors file"));
    }

    private record Entry(TensorType type, Shape shape, long from) {
        long byteLength() {
            return shape.size() * type.bytes();
        }
    }
}
