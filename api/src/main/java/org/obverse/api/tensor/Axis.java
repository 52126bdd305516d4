package org.obverse.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One axis of a {@link Resampling}: each output position is a weighted run of neighbouring input positions. */
final class Axis {
    private final int input;
    private final int[] first;
    private final double[][] weights;

    private Axis(int input, int[] first, double[][] weights) {
        this.input = input;
        this.first = first;
        this.weights = weights;
    }

    static Axis identity(int size) {
        int[] first = new int[size];
        double[][] weights = new double[size][];
        for (int i = 0; i < size; i++) {
            first[i] = i;
            weights[i] = new double[] {1};
        }
        return new Axis(size, first, weights);
    }

    int size() {
        return first.length;
    }

    /** The first input position that is looked at. */
    int from() {
        return Arrays.stream(first).min().orElseThrow();
    }

    /** The position behind the last one that is looked at. */
    int to() {
        return IntStream.range(0, size())
                .map(i -> first[i] + weights[i].length)
                .max()
                .orElseThrow();
    }

    /** The same map from a part of the input. */
    Axis within(int start, int length) {
        if (start < 0 || start > from() || to() > start + length || start + length > input) {
            throw new IllegalArgumentException("a map of positions " + from() + " to " + (to() - 1) + " of " + input
                    + " cannot do with " + length + " from " + start);
        }
        return new Axis(length, Arrays.stream(first).map(i -> i - start).toArray(), weights);
    }

    Axis crop(int start, int length) {
        if (start < 0 || length < 1 || start + length > size()) {
            throw new IllegalArgumentException(
                    "a crop of " + length + " from " + start + " does not lie within " + size() + " pixels");
        }
        return new Axis(
                input,
                Arrays.copyOfRange(first, start, start + length),
                Arrays.copyOfRange(weights, start, start + length));
    }

    Axis centerCrop(int length) {
        if (length <= size()) {
            return crop((int) Math.rint((size() - length) / 2.0), length);
        }
        int before = (length - size()) / 2;
        int[] padded = new int[length];
        double[][] zeros = new double[length][];
        for (int i = 0; i < length; i++) {
            int inside = i - before;
            boolean covered = inside >= 0 && inside < size();
            padded[i] = covered ? first[inside] : 0;
            zeros[i] = covered ? weights[inside] : new double[] {0};
        }
        return new Axis(input, padded, zeros);
    }

    Axis reverse() {
        int[] mirrored = new int[size()];
        double[][] mirroredWeights = new double[size()][];
        for (int i = 0; i < size(); i++) {
            mirrored[i] = first[size() - 1 - i];
            mirroredWeights[i] = weights[size() - 1 - i];
        }
        return new Axis(input, mirrored, mirroredWeights);
    }

    /** Antialiased bilinear resize: a triangle of half width max(1, scale) around each output's centre, clipped. */
    Axis resize(int length) {
        if (length == size()) {
            return this;
        }
        double scale = (double) size() / length;
        double support = Math.max(1, scale);
        int[] start = new int[length];
        double[][] combined = new double[length][];
        for (int i = 0; i < length; i++) {
            double centre = scale * (i + 0.5);
            int from = Math.max(0, (int) (centre - support + 0.5));
            int to = Math.min(size(), (int) (centre + support + 0.5));
            double[] triangle = new double[to - from];
            double sum = 0;
            for (int j = from; j < to; j++) {
                triangle[j - from] = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / support));
                sum += triangle[j - from];
            }
            for (int j = 0; j < triangle.length; j++) {
                triangle[j] /= sum;
            }
            combine(from, triangle, i, start, combined);
        }
        return new Axis(input, start, combined);
    }

    private void combine(int from, double[] triangle, int output, int[] start, double[][] combined) {
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (int j = 0; j < triangle.length; j++) {
            low = Math.min(low, first[from + j]);
            high = Math.max(high, first[from + j] + weights[from + j].length);
        }
        double[] sum = new double[high - low];
        for (int j = 0; j < triangle.length; j++) {
            double[] inner = weights[from + j];
            for (int k = 0; k < inner.length; k++) {
                sum[first[from + j] - low + k] += triangle[j] * inner[k];
            }
        }
        start[output] = low;
        combined[output] = sum;
    }

    private boolean isSlice() {
        for (int i = 0; i < size(); i++) {
            if (weights[i].length != 1 || weights[i][0] != 1 || first[i] != first[0] + i) {
                return false;
            }
        }
        return true;
    }

    /** The part of the input that a batch of maps looks at, so that nothing beside it is multiplied by zero. */
    static Window window(List<Axis> axes, long size) {
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (Axis axis : axes) {
            if (axis.input != size || axis.size() != axes.get(0).size()) {
                throw new IllegalArgumentException(
                        "a map from " + axis.input + " to " + axis.size() + " pixels does not fit images of " + size
                                + " or the others' " + axes.get(0).size());
            }
            from = Math.min(from, axis.from());
            to = Math.max(to, axis.to());
        }
        return new Window(axes, from, to);
    }

    record Window(List<Axis> axes, int from, int to) {
        boolean isIdentity() {
            return axes.size() == 1 && axes.get(0).isSlice();
        }

        /** {@code [maps, 1, output, to - from]}. */
        NDArray matrices(NDManager manager, DataType type) {
            int outputs = axes.get(0).size();
            int inputs = to - from;
            double[] values = new double[axes.size() * outputs * inputs];
            for (int map = 0; map < axes.size(); map++) {
                Axis axis = axes.get(map);
                for (int i = 0; i < outputs; i++) {
                    int row = (map * outputs + i) * inputs + axis.first[i] - from;
                    System.arraycopy(axis.weights[i], 0, values, row, axis.weights[i].length);
                }
            }
            Shape shape = new Shape(axes.size(), 1, outputs, inputs);
            if (type == DataType.FLOAT64) {
                return manager.create(values, shape);
            }
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            return manager.create(floats, shape);
        }
    }
}
