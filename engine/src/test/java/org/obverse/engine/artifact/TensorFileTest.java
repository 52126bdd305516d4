package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Initial;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.torch.TorchRuntime;

final class TensorFileTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void tensors_and_metadata_come_back_as_they_were_written() throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("b", MANAGER.create(new float[] {1.5f, -2, Float.NaN, 4}, new Shape(2, 2)));
        tensors.put("a", MANAGER.create(new double[] {Math.PI}));
        tensors.put("scalar", MANAGER.create(7L));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TensorFile.write(Channels.newChannel(out), tensors, Map.of("kind", "weights"));
        TensorFile file = TensorFile.of("test", out.toByteArray());

        assertArrayEquals(
                new float[] {1.5f, -2, Float.NaN, 4}, file.tensor(MANAGER, "b").toFloatArray());
        assertArrayEquals(new double[] {Math.PI}, file.tensor(MANAGER, "a").toDoubleArray());
        assertEquals(7L, file.tensor(MANAGER, "scalar").getLong());
        assertEquals(new Shape(2, 2), file.shape("b"));
        assertEquals(Map.of("kind", "weights"), file.metadata());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 1000})
    void slices_of_any_size_write_the_bytes_of_the_format_and_read_them_back(int slice) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("empty", MANAGER.create(new Shape(0, 3)));
        tensors.put("odd", MANAGER.create(new boolean[] {true, false, true, true, true}));
        tensors.put("view", MANAGER.arange(6f).reshape(2, 3).transpose());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        TensorFile.write(Channels.newChannel(out), tensors, Map.of(), slice);

        byte[] raw = ByteBuffer.allocate(29)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {1, 0, 1, 1, 1})
                .putFloat(0)
                .putFloat(3)
                .putFloat(1)
                .putFloat(4)
                .putFloat(2)
                .putFloat(5)
                .array();
        assertArrayEquals(raw, Arrays.copyOfRange(out.toByteArray(), out.size() - raw.length, out.size()));
        TensorFile file = TensorFile.of("test", out.toByteArray(), slice);
        assertEquals(new Shape(0, 3), file.tensor(MANAGER, "empty").getShape());
        assertArrayEquals(
                new boolean[] {true, false, true, true, true},
                file.tensor(MANAGER, "odd").toBooleanArray());
        assertEquals(new Shape(3, 2), file.tensor(MANAGER, "view").getShape());
        assertArrayEquals(
                new float[] {0, 3, 1, 4, 2, 5}, file.tensor(MANAGER, "view").toFloatArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 1000})
    void rows_are_read_to_where_they_are_wanted_and_change_nothing_beside(int slice) throws IOException {
        byte[] bytes = written(Map.of("x", MANAGER.arange(10f).reshape(5, 2)));
        NDArray into = MANAGER.ones(new Shape(4, 2)).neg();

        TensorFile.of("test", bytes, slice).readRows("x", 2, 4, into, 1);

        assertArrayEquals(new float[] {-1, -1, 4, 5, 6, 7, -1, -1}, into.toFloatArray());
    }

    @Test
    void rows_of_another_shape_or_type_are_refused() throws IOException {
        TensorFile file = TensorFile.of("test", written(Map.of("x", MANAGER.ones(new Shape(5, 2)))));

        assertThrows(
                InvalidConfigurationException.class,
                () -> file.readRows("x", 0, 1, MANAGER.create(new Shape(5, 3)), 0));
        assertThrows(
                InvalidConfigurationException.class,
                () -> file.readRows("x", 0, 1, MANAGER.create(new Shape(5, 2), DataType.FLOAT64), 0));
    }

    @Test
    void half_precision_is_read_as_the_float_that_it_denotes() {
        short[] halves = {0x3c00, (short) 0xc000, 0x7bff, 0x0400, 0x0001, 0x7c00, 0x3555};
        float[] expected = {1, -2, 65504, 0x1p-14f, 0x1p-24f, Float.POSITIVE_INFINITY, 0.33325195f};
        ByteBuffer data = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        for (short half : halves) {
            data.putShort(half);
        }
        byte[] file = file("{\"h\":{\"dtype\":\"F16\",\"shape\":[7],\"data_offsets\":[0,14]}}", data.array());

        assertArrayEquals(
                expected, TensorFile.of("test", file).tensor(MANAGER, "h").toFloatArray());
        assertArrayEquals(expected, TensorFile.of("test", file).floats("h", 0, 7));
    }

    @Test
    void a_part_of_a_tensor_is_read_without_the_engine_as_floats() throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("single", MANAGER.arange(6f).reshape(2, 3));
        tensors.put("double", MANAGER.create(new double[] {0.5, -2, Double.NaN}));
        tensors.put("long", MANAGER.create(new long[] {-1, 1 << 20}));
        tensors.put("boolean", MANAGER.create(new boolean[] {true, false}));
        TensorFile file = TensorFile.of("test", written(tensors));

        assertArrayEquals(new float[] {2, 3, 4}, file.floats("single", 2, 3));
        assertArrayEquals(new float[] {-2, Float.NaN}, file.floats("double", 1, 2));
        assertArrayEquals(new float[] {-1, 1 << 20}, file.floats("long", 0, 2));
        assertArrayEquals(new float[] {1, 0}, file.floats("boolean", 0, 2));
        assertThrows(InvalidConfigurationException.class, () -> file.floats("single", 4, 3));
        assertThrows(InvalidConfigurationException.class, () -> file.floats("none", 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 30, 100})
    void a_truncated_file_is_refused_before_any_tensor_is_read(int length) throws IOException {
        byte[] whole = written(Map.of("x", MANAGER.ones(new Shape(100))));

        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class,
                () -> TensorFile.of("cut.safetensors", Arrays.copyOf(whole, length)));

        assertTrue(String.valueOf(e.getMessage()).contains("cut.safetensors"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-8,-4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[100],\"data_offsets\":[0,400]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}",
                "{\"__metadata__\":{\"a\":[1]}}",
                "{} {}",
                "{\"x\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "not json"
            })
    void a_header_that_lies_is_refused(String header) {
        byte[] bytes = file(header, new byte[8]);

        assertThrows(InvalidConfigurationException.class, () -> TensorFile.of("lie", bytes));
    }

    @Test
    void a_missing_file_is_a_problem_of_the_plan() {
        assertThrows(InvalidConfigurationException.class, () -> TensorFile.open(Path.of("no", "such.safetensors")));
    }

    @Test
    void a_missing_or_misshapen_weight_is_named_with_both_shapes() throws IOException {
        TensorFile file = TensorFile.of("w", written(Map.of("fc.bias", MANAGER.ones(new Shape(3)))));
        StoredParameters source = new StoredParameters("w.safetensors", file);

        String missing = message(() -> source.tensor(MANAGER, "fc.weight", new Shape(3, 2), Initial.constant(0)));
        String misshapen = message(() -> source.tensor(MANAGER, "fc.bias", new Shape(4), Initial.constant(0)));

        assertTrue(missing.contains("fc.weight") && missing.contains("(3, 2)"), missing);
        assertTrue(misshapen.contains("fc.bias") && misshapen.contains("(3)") && misshapen.contains("(4)"), misshapen);
    }

    private static String message(Executable work) {
        return String.valueOf(
                assertThrows(InvalidConfigurationException.class, work).getMessage());
    }

    private static byte[] written(Map<String, NDArray> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TensorFile.write(Channels.newChannel(out), tensors, Map.of());
        return out.toByteArray();
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
