package org.obverse.plugins.folders;

/**
 * Pillow's bilinear, antialiased resize of 8-bit pictures, which is torchvision's {@code Resize} of a PIL image, bit for bit: a
 * triangle filter, widened by the scale when shrinking, with weights in fixed point, first over the rows, then over the columns,
 * and rounding to 8 bits after each pass (Pillow 9.4, {@code ImagingResample}).
 */
final class PillowResize {
    /** 32 bits less 8 of a channel less 2 of head room. */
    private static final int PRECISION = 22;

    /** The filter of one output coordinate: the first input, and weights in fixed point of the inputs from there on. */
    private static final class Tap {
        private final int first;
        private final int[] weights;

        Tap(int first, int[] weights) {
            this.first = first;
            this.weights = weights;
        }
    }

    private PillowResize() {}

    /**
     * @throws UnreadablePictureException if the picture, or what the first pass makes of it, would be too large
     */
    static Pixels to(Pixels picture, int width, int height) throws UnreadablePictureException {
        requireSize(picture, width, picture.height());
        requireSize(picture, width, height);
        Pixels wide = width == picture.width() ? picture : rows(picture, width);
        return height == picture.height() ? wide : columns(wide, height);
    }

    /**
     * Shorter side to the given length; the longer one keeps the proportion, rounded down.
     *
     * @throws UnreadablePictureException as {@link #to}
     */
    static Pixels shorterSide(Pixels picture, int side) throws UnreadablePictureException {
        long width = picture.width();
        long height = picture.height();
        long longer = side * Math.max(width, height) / Math.min(width, height);
        requireSize(picture, side, longer);
        return width <= height ? to(picture, side, (int) longer) : to(picture, (int) longer, side);
    }

    private static void requireSize(Pixels picture, long width, long height) throws UnreadablePictureException {
        if (width * height > Pixels.MOST) {
            throw new UnreadablePictureException(
                    "is too long and thin: resizing its %s makes %d pixels of them, more than the %d that are worked on"
                            .formatted(picture, width * height, Pixels.MOST),
                    "cut the picture, or remove it");
        }
    }

    private static Tap[] taps(int from, int to) {
        double scale = (double) from / to;
        double support = Math.max(1, scale);
        Tap[] taps = new Tap[to];
        for (int x = 0; x < to; x++) {
            double center = (x + 0.5) * scale;
            int low = Math.max(0, (int) (center - support + 0.5));
            int high = Math.min(from, (int) (center + support + 0.5));
            taps[x] = new Tap(low, fixed(triangle(low, high, center, support)));
        }
        return taps;
    }

    private static double[] triangle(int low, int high, double center, double support) {
        double[] weights = new double[high - low];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(0, 1 - Math.abs((i + low - center + 0.5) * (1 / support)));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static int[] fixed(double[] weights) {
        int[] fixed = new int[weights.length];
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = (int) (0.5 + weights[i] * (1 << PRECISION));
        }
        return fixed;
    }

    private static Pixels rows(Pixels picture, int width) {
        Tap[] taps = taps(picture.width(), width);
        byte[] from = picture.rgb();
        byte[] to = new byte[3 * width * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                int source = 3 * (y * picture.width() + taps[x].first);
                mix(from, source, 3, taps[x].weights, to, 3 * (y * width + x));
            }
        }
        return new Pixels(width, picture.height(), to);
    }

    private static Pixels columns(Pixels picture, int height) {
        Tap[] taps = taps(picture.height(), height);
        int stride = 3 * picture.width();
        byte[] from = picture.rgb();
        byte[] to = new byte[stride * height];
        for (int y = 0; y < height; y++) {
            int source = stride * taps[y].first;
            for (int x = 0; x < picture.width(); x++) {
                mix(from, source + 3 * x, stride, taps[y].weights, to, stride * y + 3 * x);
            }
        }
        return new Pixels(picture.width(), height, to);
    }

    private static void mix(byte[] from, int source, int stride, int[] weights, byte[] to, int target) {
        int red = 1 << (PRECISION - 1);
        int green = red;
        int blue = red;
        int at = source;
        for (int weight : weights) {
            red += (from[at] & 0xff) * weight;
            green += (from[at + 1] & 0xff) * weight;
            blue += (from[at + 2] & 0xff) * weight;
            at += stride;
        }
        to[target] = eightBits(red);
        to[target + 1] = eightBits(green);
        to[target + 2] = eightBits(blue);
    }

    private static byte eightBits(int fixed) {
        return (byte) Math.max(0, Math.min(255, fixed >> PRECISION));
    }
}
