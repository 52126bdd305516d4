package org.obverse.engine.record;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** An image of 8-bit red, green and blue. Equal pixels are equal. */
public final class Raster {
    private static final int COLOURS = 3;

    private final int width;
    private final int[] pixels;

    private Raster(int width, int[] pixels) {
        this.width = width;
        this.pixels = pixels;
    }

    /** Whether values of a shape {@code [C, H, W]} are an image: in colour, or grey if there is one channel. */
    public static boolean isImage(Shape shape) {
        return shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == COLOURS) && shape.size() > 0;
    }

    /**
     * @param values of an image, row by row; -1 is black and 1 is full, what lies outside is clipped, NaN is black
     * @param from where the image begins in {@code values}
     * @param shape {@code [3, height, width]}, or {@code [1, height, width]} of a grey image
     */
    public static Raster of(float[] values, int from, Shape shape) {
        int width = Math.toIntExact(shape.get(2));
        int plane = Math.toIntExact(shape.get(1) * width);
        int next = shape.get(0) == 1 ? 0 : plane;
        int[] pixels = new int[plane];
        for (int i = 0; i < plane; i++) {
            int at = from + i;
            pixels[i] = level(values[at]) << 16 | level(values[at + next]) << 8 | level(values[at + 2 * next]);
        }
        return new Raster(width, pixels);
    }

    private static int level(float value) {
        return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
    }

    /** The image itself, or if it is wider, one of width {@code side} in the same proportion: each pixel the mean of what it covers. */
    public Raster atMost(int side) {
        if (width <= side) {
            return this;
        }
        double factor = (double) width / side;
        int rows = Math.max(1, (int) Math.round(height() / factor));
        double high = (double) height() / rows;
        int[] smaller = new int[side * rows];
        for (int i = 0; i < smaller.length; i++) {
            int row = i / side;
            smaller[i] = mean(i % side * factor, factor, row * high, high);
        }
        return new Raster(side, smaller);
    }

    private int mean(double left, double wide, double top, double high) {
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int y = (int) top; y < Math.min(height(), top + high); y++) {
            double rowShare = Math.min(top + high, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(width, left + wide); x++) {
                double share = rowShare * (Math.min(left + wide, x + 1) - Math.max(left, x)) / (wide * high);
                int rgb = rgb(x, y);
                red += share * (rgb >> 16);
                green += share * (rgb >> 8 & 0xFF);
                blue += share * (rgb & 0xFF);
            }
        }
        return level8(red) << 16 | level8(green) << 8 | level8(blue);
    }

    private static int level8(double mean) {
        return (int) Math.min(255, Math.round(mean));
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
