package org.obverse.engine.lend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.engine.record.Raster;
import org.obverse.engine.torch.TorchRuntime;

class EightBitTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    private static float[] saved(float... pixels) {
        return EightBit.of(MANAGER.create(pixels)).toFloatArray();
    }

    @Test
    void pictures_are_the_levels_that_a_file_holds() {
        float[] pixels = new float[2001];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = -1.25f + i * 0.00125f;
        }

        float[] saved = saved(pixels);

        Raster file = Raster.of(pixels, 0, new Shape(1, 1, pixels.length));
        for (int i = 0; i < pixels.length; i++) {
            int level = file.rgb(i, 0) & 0xFF;
            assertEquals(level / 127.5 - 1, saved[i], 1e-6, "of " + pixels[i]);
        }
    }

    @Test
    void what_was_saved_is_saved_as_it_is() {
        float[] once = saved(-1, -0.3f, 0, 0.123f, 1);

        assertArrayEquals(once, saved(once), 1e-6f);
        assertEquals(-1, once[0]);
        assertEquals(1, once[4]);
    }

    @Test
    void what_is_not_finite_is_no_level() {
        for (float value : saved(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            assertTrue(Float.isNaN(value));
        }
    }
}
