package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;

/** What summarises maps: each output pixel is one number of a window of each channel. */
public final class Pooling {
    private Pooling() {}

    /** The largest value; padding never is. torch's {@code nn.MaxPool2d}. */
    public static Layer max(Window window) {
        return (x, pass) -> Pool.maxPool2d(
                x,
                window.square(window.size()),
                window.square(window.stride()),
                window.square(window.padding()),
                false);
    }

    /** The mean, in which padding counts as zeros. torch's {@code nn.AvgPool2d}. */
    public static Layer average(Window window) {
        return (x, pass) -> Pool.avgPool2d(
                x,
                window.square(window.size()),
                window.square(window.stride()),
                window.square(window.padding()),
                false,
                true);
    }

    /**
     * The mean over the pixels of the window that lie in the map, so that padding changes nothing: torch's {@code
     * nn.AvgPool2d} without {@code count_include_pad}, a flag that DJL takes and does not pass on.
     */
    public static Layer averageInside(Window window) {
        Layer whole = average(window);
        return (x, pass) -> {
            Shape one = new Shape(1, 1, x.getShape().get(2), x.getShape().get(3));
            try (NDArray ones = x.getManager().ones(one, x.getDataType());
                    NDArray share = whole.apply(ones, pass);
                    NDArray mean = whole.apply(x, pass)) {
                return mean.div(share);
            }
        };
    }

    /**
     * Means over a grid of {@code size} by {@code size} windows that share out a map of any extent, {@code [N, C, H, W]}
     * to {@code [N, C, size, size]}: window {@code i} of an extent {@code n} runs from {@code ⌊i n / size⌋} to {@code
     * ⌈(i + 1) n / size⌉}, torch's {@code nn.AdaptiveAvgPool2d}.
     */
    public static Layer adaptive(int size) {
        return (x, pass) -> {
            Shape maps = x.getShape();
            if (maps.get(2) == size && maps.get(3) == size) {
                return x;
            }
            try (NDArray rows = means(x, maps.get(2), size);
                    NDArray columns = means(x, maps.get(3), size);
                    NDArray across = columns.transpose();
                    NDArray narrowed = x.matMul(across)) {
                return rows.matMul(narrowed);
            }
        };
    }

    /** The matrix {@code [size, extent]} that takes the mean over each window of an axis, of the type of {@code x}. */
    private static NDArray means(NDArray x, long extent, int size) {
        int n = Math.toIntExact(extent);
        double[] matrix = new double[size * n];
        for (int i = 0; i < size; i++) {
            int from = i * n / size;
            int to = ((i + 1) * n + size - 1) / size;
            Arrays.fill(matrix, i * n + from, i * n + to, 1.0 / (to - from));
        }
        NDArray wide = x.getManager().create(matrix, new Shape(size, n));
        if (x.getDataType() == DataType.FLOAT64) {
            return wide;
        }
        try (wide) {
            return wide.toType(x.getDataType(), false);
        }
    }

    /** The mean of each map, {@code [N, C, H, W]} to {@code [N, C]}. */
    public static Layer global() {
        return (x, pass) -> Pool.globalAvgPool2d(x);
    }

    /** All values of a sample in a row, {@code [N, C, H, W]} to {@code [N, C H W]}. */
    public static Layer none() {
        return (x, pass) -> x.reshape(x.getShape().get(0), -1);
    }
}
