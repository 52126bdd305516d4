package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Densities of values in [0, 1] in halves of violins, two and two back to back: the estimate of a Gaussian kernel of Silverman's bandwidth
 * (1986, eq. 3.31), each as wide at its densest. Lines at every tenth, and no text, for which a machine without fonts has no glyphs.
 *
 * @param values NaN is left out
 */
record Violins(List<double[]> values) {
    private static final int HEIGHT = 320;
    private static final int HALF = 90;
    private static final int GAP = 20;
    private static final int BAR = 2;
    private static final int[] LEFT = {0x1f, 0x77, 0xb4};
    private static final int[] RIGHT = {0xff, 0x7f, 0x0e};
    private static final int WHITE = 0xff;
    private static final int LINE = 0xdd;
    private static final int LINES = 10;

    /**
     * @return {@code [3, 320, W]} in [-1, 1]
     */
    NDArray draw(NDManager manager) {
        int width = (values.size() + 1) / 2 * (2 * HALF + GAP) + GAP;
        float[] pixels = new float[3 * HEIGHT * width];
        for (int y = 0; y < HEIGHT; y++) {
            boolean isLine = y * LINES % (HEIGHT - 1) < LINES;
            Arrays.fill(pixels, y * width, (y + 1) * width, level(isLine ? LINE : WHITE));
        }
        System.arraycopy(pixels, 0, pixels, HEIGHT * width, HEIGHT * width);
        System.arraycopy(pixels, 0, pixels, 2 * HEIGHT * width, HEIGHT * width);
        for (int i = 0; i < values.size(); i++) {
            half(
                    i,
                    Arrays.stream(values.get(i))
                            .filter(v -> !Double.isNaN(v))
                            .sorted()
                            .toArray(),
                    pixels,
                    width);
        }
        return manager.create(pixels, new Shape(3, HEIGHT, width));
    }

    private static void half(int place, double[] sorted, float[] pixels, int width) {
        double[] density = density(sorted);
        double densest = Arrays.stream(density).max().orElse(0);
        boolean isLeft = place % 2 == 0;
        int middle = GAP + HALF + place / 2 * (2 * HALF + GAP);
        int median = HEIGHT - 1 - (int) Math.round(sorted[sorted.length / 2] * (HEIGHT - 1));
        for (int y = 0; y < HEIGHT; y++) {
            boolean isBar = Math.abs(y - median) < BAR;
            int wide = (int) Math.round(density[y] / densest * HALF);
            for (int x = 0; x < wide; x++) {
                int at = y * width + (isLeft ? middle - 1 - x : middle + x);
                for (int channel = 0; channel < 3; channel++) {
                    int colour = isBar ? 0 : (isLeft ? LEFT : RIGHT)[channel];
                    pixels[channel * HEIGHT * width + at] = level(colour);
                }
            }
        }
    }

    /** At each row of pixels, the first for 1 and the last for 0, up to a factor. */
    private static double[] density(double... sorted) {
        double bandwidth = Math.max(bandwidth(sorted), 1.0 / HEIGHT);
        double[] density = new double[HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            double at = 1 - (double) y / (HEIGHT - 1);
            for (double value : sorted) {
                double z = (value - at) / bandwidth;
                density[y] += Math.exp(-z * z / 2);
            }
        }
        return density;
    }

    private static double bandwidth(double... sorted) {
        double mean = Arrays.stream(sorted).average().orElse(0);
        double deviation = Math.sqrt(
                Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, sorted.length - 1));
        double quartiles = sorted[3 * (sorted.length - 1) / 4] - sorted[(sorted.length - 1) / 4];
        double spread = quartiles > 0 ? Math.min(deviation, quartiles / 1.34) : deviation;
        return 0.9 * spread * Math.pow(sorted.length, -0.2);
    }

    private static float level(int eightBit) {
        return eightBit / 127.5f - 1;
    }
}
