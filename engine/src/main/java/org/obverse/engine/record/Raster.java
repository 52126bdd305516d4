package org.obverse.engine.record;

import java.util.Arrays;

/** An image of 8-bit red, green and blue. Equal pixels are equal. */
public final class Raster {
    private final int width;
    private final int[] pixels;

    private Raster(int width, int[] pixels) {
        this.width = width;
        this.pixels = pixels;
    }

    /**
     * @param values of an image {@code [3, height, width]}, row by row; -1 is black and 1 is full, what lies outside is
     *     clipped, NaN is black
     * @param from where the image begins in {@code values}
     */
    public static Raster of(float[] values, int from, int height, int width) {
        int plane = height * width;
        int[] pixels = new int[plane];
        for (int i = 0; i < plane; i++) {
            int at = from + i;
            pixels[i] = level(values[at]) << 16 | level(values[at + plane]) << 8 | level(values[at + 2 * plane]);
        }
        return new Raster(width, pixels);
    }

    private static int level(float value) {
        return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
    }

    /** The image itself, or one that is smaller by a whole factor and no wider than {@code side}: means of squares. */
    public Raster atMost(int side) {
        int factor = (width + side - 1) / side;
        if (factor == 1) {
            return this;
        }
        int columns = width / factor;
        int rows = height() / factor;
        int[] smaller = new int[columns * rows];
        for (int i = 0; i < smaller.length; i++) {
            smaller[i] = mean(i % columns * factor, i / columns * factor, factor);
        }
        return new Raster(columns, smaller);
    }

    private int mean(int left, int top, int side) {
        int mean = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int sum = 0;
            for (int i = 0; i < side * side; i++) {
                sum += rgb(left + i % side, top + i / side) >> shift & 0xFF;
            }
            mean |= Math.round((float) sum / (side * side)) << shift;
        }
        return mean;
    }

    public int width() {
        return width;
    }

    public int height() {
        return pixels.length / width;
    }

    /** {@code 0xRRGGBB}, from the top left. */
    public int rgb(int x, int y) {
        return pixels[y * width + x];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Raster raster && width == raster.width && Arrays.equals(pixels, raster.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }
}
