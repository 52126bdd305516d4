package org.obverse.cli.report.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PngTest {
    @Test
    void another_reader_sees_every_pixel_and_its_transparency() throws Exception {
        int[] pixels = new Random(1).ints(17 * 9).toArray();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(17, 9, pixels)));
        assertEquals(17, read.getWidth());
        assertArrayEquals(pixels, read.getRGB(0, 0, 17, 9, null, 0, 17));
    }

    @Test
    void a_picture_without_noise_is_small() {
        assertTrue(Png.encode(500, 500, new int[250_000]).length < 2000);
    }
}
