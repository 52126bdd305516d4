package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;

final class ArrayFilesTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrays.npz", "arrays-compressed.npz"})
    void arrays_of_numpy_are_read_in_their_types_and_orders(String file) {
        Map<String, StoredTensor> read = WeightFile.open(Samples.file(file)).tensors();
        float[] counted = new float[24];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = i;
        }

        assertEquals(12, read.size());
        assertArrayEquals(new float[] {0, .125f, .25f, .375f}, first(Samples.tensor(read, "f4"), 4));
        assertEquals(new Shape(2, 3, 4), Samples.tensor(read, "fortran").shape());
        assertArrayEquals(counted, Samples.floats(Samples.tensor(read, "fortran")));
        assertEquals(2.0 / 3, Samples.tensor(read, "f8").read().getDouble(16));
        assertArrayEquals(new float[] {1, -2.5f, 65504}, Samples.floats(Samples.tensor(read, "f2")));
        assertEquals(1L << 40, Samples.tensor(read, "i8").read().getLong(0));
        assertArrayEquals(new float[] {-7, 1 << 30}, Samples.floats(Samples.tensor(read, "i4")));
        assertArrayEquals(new float[] {-300, 300}, Samples.floats(Samples.tensor(read, "i2")));
        assertArrayEquals(new float[] {-128, 127}, Samples.floats(Samples.tensor(read, "i1")));
        assertArrayEquals(new float[] {0, 255}, Samples.floats(Samples.tensor(read, "u1")));
        assertArrayEquals(new float[] {1, 0, 1}, Samples.floats(Samples.tensor(read, "b1")));
        assertEquals(new Shape(), Samples.tensor(read, "scalar").shape());
        assertArrayEquals(new float[] {2.5f}, Samples.floats(Samples.tensor(read, "scalar")));
        assertEquals(new Shape(0, 3), Samples.tensor(read, "empty").shape());
        assertEquals(0, Samples.tensor(read, "empty").read().remaining());
    }

    private static float[] first(StoredTensor tensor, int count) {
        return Arrays.copyOf(Samples.floats(tensor), count);
    }

    @Test
    void safetensors_are_read_with_their_types_and_metadata() {
        WeightFile file = WeightFile.open(Samples.file("torch-save-edge.safetensors"));
        TensorFile expected = Samples.expected("torch-save-edge.safetensors");

        assertEquals(WeightFormat.SAFETENSORS, file.format());
        assertEquals(ElementType.F16, Samples.tensor(file.tensors(), "half").type());
        assertEquals(expected.names(), file.tensors().keySet());
        for (String name : expected.names()) {
            if (!name.equals("half")) {
                byte[] read = Samples.raw(Samples.tensor(file.tensors(), name).read());
                assertArrayEquals(Samples.raw(MANAGER, expected, name), read, name);
            }
        }
    }

    @Test
    void arrays_of_objects_or_of_another_byte_order_are_refused_by_name() {
        String objects = Samples.refusal(() -> WeightFile.open(Samples.file("objects.npz")));
        String swapped = Samples.refusal(() -> WeightFile.open(Samples.file("big-endian.npz")));

        assertTrue(objects.contains("x.npy"), objects);
        assertTrue(swapped.contains("x.npy") && swapped.contains(">f4"), swapped);
    }
}
