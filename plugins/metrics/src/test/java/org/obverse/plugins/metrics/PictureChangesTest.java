package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class PictureChangesTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(PictureChangesTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void a_bright_pixel_is_blurred_to_the_gaussian_that_three_deviations_hold() {
        float[] pixels = new float[81];
        pixels[4 * 9 + 4] = 1;

        float[] blurred = new GaussianBlur(1)
                .of(bench.manager().create(pixels, new Shape(1, 1, 9, 9)))
                .toFloatArray();

        double sum = 1 + 2 * (Math.exp(-0.5) + Math.exp(-2) + Math.exp(-4.5));
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 9; x++) {
                int dx = x - 4;
                int dy = y - 4;
                double expected = Math.max(Math.abs(dx), Math.abs(dy)) > 3
                        ? 0
                        : Math.exp(-(dx * dx + dy * dy) / 2.0) / (sum * sum);
                assertEquals(expected, blurred[y * 9 + x], 1e-7, x + ", " + y);
            }
        }
    }

    @Test
    void a_picture_is_mirrored_beyond_its_edges_however_small_it_is() {
        double sum = 1 + 2 * (Math.exp(-0.5) + Math.exp(-2) + Math.exp(-4.5));
        float[] column = new GaussianBlur(1)
                .of(bench.manager().create(new float[] {1, 0, 0, 0, 0, 0}, new Shape(1, 1, 6, 1)))
                .toFloatArray();
        float[] two = new GaussianBlur(1)
                .of(bench.manager().create(new float[] {1, 0}, new Shape(1, 1, 1, 2)))
                .toFloatArray();

        assertEquals(1 / sum, column[0], 1e-7);
        assertEquals(Math.exp(-0.5) / sum, column[1], 1e-7);
        assertEquals((1 + 2 * Math.exp(-2)) / sum, two[0], 1e-7);
        assertEquals((2 * Math.exp(-0.5) + 2 * Math.exp(-4.5)) / sum, two[1], 1e-7);
    }

    /** ITU-T T.81, table K.1, in its order of zigzag: 16 11 12 14 12 10 16 14, halved and rounded up from the middle at quality 75. */
    @Test
    void a_jpeg_has_the_quantisation_table_of_its_quality() {
        byte[] file = new JpegCompression(75).encoded(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));

        int at = 0;
        while (!((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == 0xDB)) {
            at++;
        }
        assertArrayEquals(new byte[] {8, 6, 6, 7, 6, 5, 8, 7}, Arrays.copyOfRange(file, at + 5, at + 13));
    }

    @Test
    void a_plain_grey_comes_back_from_a_jpeg_as_it_was_and_fine_detail_does_not() {
        NDArray plain = bench.manager().full(new Shape(2, 1, 16, 16), (float) (64 / 127.5 - 1));
        float[] dots = new float[3 * 16 * 16];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (i + i / 16) % 2 == 0 || i >= 256 ? 1 : -1;
        }
        NDArray dotted = bench.manager().create(dots, new Shape(1, 3, 16, 16));

        assertArrayEquals(
                plain.toFloatArray(), new JpegCompression(75).of(plain).toFloatArray(), 1e-6f);
        NDArray back = new JpegCompression(75).of(dotted);
        assertTrue(back.sub(dotted).abs().max().getFloat() > 0.5, back.toString());
        assertTrue(back.abs().max().getFloat() <= 1);
        assertArrayEquals(
                back.toFloatArray(), new JpegCompression(75).of(dotted).toFloatArray());
    }
}
