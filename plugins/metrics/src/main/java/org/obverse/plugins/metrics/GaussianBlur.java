package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Convolution with a Gaussian, cut off at three standard deviations and scaled to a sum of 1. Beyond the edges pictures are mirrored, the
 * pixels at the edge once, as torchvision's blur pads.
 *
 * @param sigma the standard deviation in pixels, above 0
 */
record GaussianBlur(double sigma) {
    private static final int DEVIATIONS = 3;

    /**
     * @param pictures float32 {@code [N, C, H, W]}
     * @return of the same shape
     */
    NDArray of(NDArray pictures) {
        Shape shape = pictures.getShape();
        NDArray rows = matrix(pictures, Math.toIntExact(shape.get(2)));
        NDArray columns = matrix(pictures, Math.toIntExact(shape.get(3)));
        return rows.matMul(pictures).matMul(columns.transpose(0, 1, 3, 2));
    }

    /** {@code [1, 1, size, size]}: row i holds the weights of what becomes of pixel i. */
    private NDArray matrix(NDArray beside, int size) {
        int radius = (int) Math.ceil(DEVIATIONS * sigma);
        double sum = 0;
        for (int offset = -radius; offset <= radius; offset++) {
            sum += weight(offset);
        }
        float[] matrix = new float[size * size];
        for (int i = 0; i < size; i++) {
            for (int offset = -radius; offset <= radius; offset++) {
                matrix[i * size + mirrored(i + offset, size)] += (float) (weight(offset) / sum);
            }
        }
        return beside.getManager().create(matrix, new Shape(1, 1, size, size));
    }

    private double weight(int offset) {
        return Math.exp(-offset * offset / (2 * sigma * sigma));
    }

    private static int mirrored(int at, int size) {
        int period = Math.max(1, 2 * (size - 1));
        int within = Math.floorMod(at, period);
        return Math.min(within, period - within) % size;
    }
}
