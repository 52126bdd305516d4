package org.obverse.reference.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tensors of a safetensors file among the test resources: header length, JSON header, raw little-endian data. */
final class Fixture {
    private final JsonNode header;
    private final ByteBuffer data;

    /** Values that the reference libraries produced for the seeds 0, 42 and 51. */
    static final Fixture STREAMS = new Fixture("rng.safetensors");

    /**
     * Made with torch 1.13 and NumPy 1.24, after {@code torch.manual_seed(42)} or {@code RandomState(42)}, for each:
     * {@code randn37 = torch.randn(37)}, {@code randn7_randn8 = torch.cat([torch.randn(7), torch.randn(8)])}, and so on
     * as the names say; but {@code seed_high_bits_rand3 = torch.rand(3)} after
     * {@code torch.manual_seed(-2**62 + 5*2**32 + 42)}.
     */
    static final Fixture MORE = new Fixture("torch-more.safetensors");

    /** The data and the initial weights of the reference code's two-dimensional example. */
    static final Fixture TOY = new Fixture("toy2d-start.safetensors");

    private Fixture(String file) {
        try (InputStream stream = Fixture.class.getResourceAsStream("/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no test resource " + file);
            }
            ByteBuffer content = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[Math.toIntExact(content.getLong())];
            content.get(json);
            header = JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
            data = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    float[] floats(String name) {
        ByteBuffer bytes = bytes(name, "F32");
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    double[] doubles(String name) {
        ByteBuffer bytes = bytes(name, "F64");
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    long[] longs(String name) {
        ByteBuffer bytes = bytes(name, "I64");
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private ByteBuffer bytes(String name, String type) {
        JsonNode entry = header.path(name);
        if (!entry.path("dtype").asString("none").equals(type)) {
            throw new IllegalStateException("the fixture has no " + type + " tensor named " + name);
        }
        int start = entry.path("data_offsets").path(0).asInt();
        int end = entry.path("data_offsets").path(1).asInt();
        return data.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN);
    }
}
