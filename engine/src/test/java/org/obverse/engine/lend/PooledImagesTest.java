package org.obverse.engine.lend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.engine.torch.TorchRuntime;

final class PooledImagesTest {
    /** One pixel per image, which is also its label. */
    private record Pixels(List<Integer> values) implements Images {
        @Override
        public int size() {
            return values.size();
        }

        @Override
        public Shape shape() {
            return new Shape(1);
        }

        @Override
        public int label(int index) {
            return values.get(index);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] pixels = new float[indices.length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = values.get(indices[i]);
            }
            return manager.create(pixels, new Shape(pixels.length, 1));
        }
    }

    @Test
    void rows_of_both_collections_come_in_the_order_in_which_they_are_asked_for() {
        PooledImages pooled =
                new PooledImages(new Pixels(List.of(10, 11, 12)), new Pixels(List.of(20, 21)), List.of(4, 0, 2, 3));

        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            assertArrayEquals(new float[] {20, 21, 10, 12, 21}, read(pooled, manager, 3, 0, 1, 2, 0));
            assertArrayEquals(new float[] {12, 10}, read(pooled, manager, 2, 1));
            assertArrayEquals(new float[] {21}, read(pooled, manager, 0));
        }
        assertEquals(
                List.of(21, 10, 12, 20), List.of(pooled.label(0), pooled.label(1), pooled.label(2), pooled.label(3)));
        assertEquals(4, pooled.size());
    }

    private static float[] read(Images images, NDManager manager, int... indices) {
        NDArray read = images.read(manager, indices);
        assertEquals(new Shape(indices.length, 1), read.getShape());
        return read.toFloatArray();
    }
}
