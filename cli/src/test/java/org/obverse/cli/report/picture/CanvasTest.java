package org.obverse.cli.report.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.obverse.engine.record.Raster;

final class CanvasTest {
    @Test
    void a_reader_sees_every_pixel_and_what_is_clear() throws Exception {
        int[] drawn = new Random(1).ints(5 * 3, 0, 1 << 24).toArray();
        Canvas canvas = new Canvas(17, 9, Canvas.CLEAR);
        canvas.draw(raster(5, 3, drawn), 4, 2, 2);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(canvas.png()));

        int[] expected = new int[17 * 9];
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 17; x++) {
                boolean inside = x >= 4 && x < 14 && y >= 2 && y < 8;
                expected[y * 17 + x] = inside ? 0xFF000000 | drawn[(y - 2) / 2 * 5 + (x - 4) / 2] : Canvas.CLEAR;
            }
        }
        assertEquals(17, read.getWidth());
        assertArrayEquals(expected, read.getRGB(0, 0, 17, 9, null, 0, 17));
    }

    @Test
    void a_picture_without_noise_is_small() {
        assertTrue(new Canvas(500, 500, Canvas.WHITE).png().length < 5000);
    }

    private static Raster raster(int width, int height, int... pixels) {
        float[] values = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                values[channel * pixels.length + i] = (pixels[i] >> (16 - 8 * channel) & 0xFF) / 127.5f - 1;
            }
        }
        return Raster.of(values, 0, new Shape(3, height, width));
    }
}
