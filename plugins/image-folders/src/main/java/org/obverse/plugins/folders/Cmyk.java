package org.obverse.plugins.folders;

import java.awt.image.Raster;

/**
 * Four channels of a JPEG file, as they are stored: CMYK, or YCCK, which is CMYK whose first three channels were turned into YCbCr.
 * Adobe stores inks inverted, 255 for none, and Pillow takes every such file to be so.
 */
record Cmyk(Raster raster) {
    private static final int YCCK = 2;
    /** Fixed point of libjpeg's colour conversion (jdcolor.c), 16 bits. */
    private static final int HALF = 1 << 15;

    private static final int RED_OF_CR = fixed(1.40200);
    private static final int BLUE_OF_CB = fixed(1.77200);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int GREEN_OF_CB = fixed(0.34414);

    private static int fixed(double factor) {
        return (int) (factor * 65536 + 0.5);
    }

    /**
     * Each channel is paper·light, in 255ths, rounded: Pillow's {@code cmyk2rgb}.
     *
     * @param transform of the Adobe segment
     */
    Pixels rgb(int transform) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[4 * width];
        int[] ink = new int[3];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                System.arraycopy(row, 4 * x, ink, 0, 3);
                if (transform == YCCK) {
                    unturn(ink);
                }
                int light = row[4 * x + 3];
                for (int channel = 0; channel < 3; channel++) {
                    rgb[3 * (y * width + x) + channel] = (byte) Math.max(0, light - share(255 - ink[channel], light));
                }
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** a·b/255, rounded as Pillow's MULDIV255. */
    private static int share(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    /** libjpeg's ycck_cmyk_convert. */
    private static void unturn(int[] channels) {
        int luma = channels[0];
        int cb = channels[1] - 128;
        int cr = channels[2] - 128;
        channels[0] = 255 - eightBits(luma + ((RED_OF_CR * cr + HALF) >> 16));
        channels[1] = 255 - eightBits(luma + ((-GREEN_OF_CB * cb + HALF - GREEN_OF_CR * cr) >> 16));
        channels[2] = 255 - eightBits(luma + ((BLUE_OF_CB * cb + HALF) >> 16));
    }

    private static int eightBits(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
