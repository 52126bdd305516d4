package org.obverse.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RasterTest {
    @Test
    void minus_one_is_black_one_is_full_and_what_lies_outside_is_clipped() {
        float[] values = {-1, 1, 0, -7, /* green */ 1, -1, 0.5f, 7, /* blue */ -1, -1, Float.NaN, 1};
        Raster image = Raster.of(values, 0, new Shape(3, 2, 2));
        assertEquals(0x00FF00, image.rgb(0, 0));
        assertEquals(0xFF0000, image.rgb(1, 0));
        assertEquals(0x80BF00, image.rgb(0, 1));
        assertEquals(0x00FFFF, image.rgb(1, 1));
    }

    @Test
    void an_image_of_one_channel_is_grey() {
        Raster image = Raster.of(new float[] {7, -1, 1, 0, Float.NaN}, 1, new Shape(1, 2, 2));
        assertEquals(0x000000, image.rgb(0, 0));
        assertEquals(0xFFFFFF, image.rgb(1, 0));
        assertEquals(0x808080, image.rgb(0, 1));
        assertEquals(0x000000, image.rgb(1, 1));
    }

    @Test
    void one_or_three_channels_are_an_image_and_nothing_else_is() {
        assertTrue(Raster.isImage(new Shape(1, 28, 28)));
        assertTrue(Raster.isImage(new Shape(3, 32, 32)));
        assertFalse(Raster.isImage(new Shape(2, 28, 28)));
        assertFalse(Raster.isImage(new Shape(3, 0, 28)));
        assertFalse(Raster.isImage(new Shape(28, 28)));
    }

    @Test
    void an_image_that_is_too_wide_shrinks_to_the_means_of_its_squares() {
        float[] values = new float[3 * 2 * 4];
        Arrays.fill(values, -1);
        values[0] = 1;
        values[1] = 1;
        values[7] = 1;
        Raster smaller = Raster.of(values, 0, new Shape(3, 2, 4)).atMost(2);
        assertEquals(2, smaller.width());
        assertEquals(1, smaller.height());
        assertEquals(0x800000, smaller.rgb(0, 0));
        assertEquals(0x400000, smaller.rgb(1, 0));
    }

    @Test
    void a_width_that_is_no_divisor_shares_pixels() {
        float[] values = new float[3 * 3];
        Arrays.fill(values, -1);
        values[1] = 1;
        Raster smaller = Raster.of(values, 0, new Shape(3, 1, 3)).atMost(2);
        assertEquals(2, smaller.width());
        assertEquals(1, smaller.height());
        assertEquals(0x550000, smaller.rgb(0, 0));
        assertEquals(0x550000, smaller.rgb(1, 0));
    }

    @Test
    void an_image_that_fits_stays_as_it_is() {
        Raster image = Raster.of(new float[3 * 4], 0, new Shape(3, 2, 2));
        assertSame(image, image.atMost(2));
    }
}
