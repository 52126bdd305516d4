package org.obverse.networks;

import ai.djl.ndarray.types.Shape;

/**
 * A square window that slides over maps, in pixels.
 *
 * @param size of its side, at least 1
 * @param stride between two positions, at least 1
 * @param padding of the maps on each side, at least 0
 */
public record Window(int size, int stride, int padding) {
    public Window {
        if (size < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("a window of size " + size + ", stride " + stride + " and padding "
                    + padding + " does not exist: size and stride start at 1, padding at 0");
        }
    }

    /**
     * The window of an odd size whose output has the extent of its input.
     *
     * @throws IllegalArgumentException if the size is even
     */
    public static Window centered(int size) {
        if (size % 2 == 0) {
            throw new IllegalArgumentException("a window of the even size " + size + " has no centre");
        }
        return new Window(size, 1, size / 2);
    }

    /** The same window with another stride. */
    public Window every(int pixels) {
        return new Window(size, pixels, padding);
    }

    /** The extent of the output for an input of {@code extent} pixels: torch's floor mode. */
    public long over(long extent) {
        return Math.floorDiv(extent + 2L * padding - size, (long) stride) + 1;
    }

    /** The shape of the output, {@code [channels, height, width]}, for maps of that shape but other channels. */
    public Shape over(Shape maps, int channels) {
        return new Shape(channels, over(maps.get(1)), over(maps.get(2)));
    }

    Shape square(int pixels) {
        return new Shape(pixels, pixels);
    }
}
