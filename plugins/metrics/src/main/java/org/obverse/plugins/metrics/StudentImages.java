package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.IntUnaryOperator;
import org.obverse.api.data.Images;
import org.obverse.api.metric.MetricFailedException;

/** Reconstructions to learn from: drawn once, clamped to [-1, 1] as PPA's script clamps them, held in host memory. */
final class StudentImages implements Images {
    private final float[][] pixels;
    private final int[] labels;
    private final Shape shape;

    private StudentImages(float[][] pixels, int[] labels, Shape shape) {
        this.pixels = pixels;
        this.labels = labels;
        this.shape = shape;
    }

    /**
     * @param outputs from classes to the student's outputs, which are the labels here
     * @param shape of one image
     * @throws MetricFailedException if an image is not finite
     */
    static StudentImages of(Gallery reconstructions, IntUnaryOperator outputs, Shape shape)
            throws MetricFailedException {
        float[][] pixels = reconstructions.pixels();
        int[] labels = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            labels[i] = outputs.applyAsInt(reconstructions.label(i));
            for (int p = 0; p < pixels[i].length; p++) {
                pixels[i][p] = Math.max(-1, Math.min(1, pixels[i][p]));
            }
        }
        return new StudentImages(pixels, labels, shape);
    }

    @Override
    public int size() {
        return pixels.length;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int length = Math.toIntExact(shape.size());
        float[] chosen = new float[indices.length * length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(pixels[indices[i]], 0, chosen, i * length, length);
        }
        return manager.create(chosen, new Shape(indices.length).addAll(shape));
    }
}
