package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PixelsTest {
    /** Pillow 9.4's. */
    @Test
    void grey_is_the_luma_of_pillow() {
        int[] lumas = {76, 150, 29, 129, 2, 251, 79};
        byte[] rgb = {
            -1,
            0,
            0,
            0,
            -1,
            0,
            0,
            0,
            -1,
            10,
            (byte) 200,
            77,
            1,
            2,
            3,
            (byte) 250,
            (byte) 251,
            (byte) 252,
            (byte) 128,
            64,
            32
        };

        byte[] grey = new Pixels(7, 1, rgb).grey().planes(1);

        for (int i = 0; i < lumas.length; i++) {
            assertEquals(lumas[i], grey[i] & 0xff);
        }
    }

    @Test
    void a_center_crop_of_an_odd_remainder_rounds_half_to_even() {
        assertEquals(1, firstRow(numbered(5, 5).centerCrop(3)));
        assertEquals(0, firstRow(numbered(4, 4).centerCrop(3)));
        assertEquals(2, firstRow(numbered(6, 6).centerCrop(3)));
    }

    @Test
    void a_center_crop_of_a_smaller_picture_adds_black_the_smaller_half_before() {
        Pixels cropped = new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, 6}).centerCrop(3);

        byte[] expected = new byte[27];
        System.arraycopy(new byte[] {1, 2, 3, 4, 5, 6}, 0, expected, 9, 6);
        assertArrayEquals(expected, cropped.rgb());
    }

    @Test
    void planes_are_red_then_green_then_blue() {
        assertArrayEquals(new byte[] {1, 4, 2, 5, 3, 6}, new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, 6}).planes(3));
    }

    @Test
    void a_crop_beyond_the_picture_is_black_there() {
        assertArrayEquals(new byte[12], numbered(2, 2).crop(5, 5, 2, 2).rgb());
    }

    /** Red is the row. */
    private static Pixels numbered(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) (i / width);
        }
        return new Pixels(width, height, rgb);
    }

    private static int firstRow(Pixels picture) {
        return picture.rgb()[0];
    }
}
