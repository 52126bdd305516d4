package org.obverse.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

/**
 * Operators that DJL's NDArray lacks. All are differentiable, run on the device of their first argument and attach
 * their results to its manager. Use these, not NDArray's own forms: {@code NDArray.toType}, for one, silently cuts the
 * gradient.
 */
public interface Operators {
    /**
     * A cast that keeps the gradient (which {@code NDArray.toType} does not). An array cast to {@code BFLOAT16} reports the
     * type {@code UNKNOWN}, as DJL has no name for it: compute with these operators, arithmetic, matrix products and slices,
     * then cast back. Reading its values or calling {@code NDArray.toType} on it can end the process.
     */
    NDArray cast(NDArray x, DataType type);

    /** Inverse hyperbolic cosine, elementwise, for entries of at least 1. */
    NDArray acosh(NDArray x);

    /** {@code log(1 + e^x)}, elementwise, linear above 20 as torch computes it. */
    NDArray softplus(NDArray x);

    /**
     * Grouped 2-D correlation, torch's {@code conv2d} without bias and with zero padding.
     *
     * @param x {@code [N, I, H, W]}
     * @param weight {@code [O, I / groups, h, w]}
     */
    NDArray conv2d(NDArray x, NDArray weight, int stride, int padding, int groups);

    /**
     * Grouped 2-D transposed convolution, torch's {@code conv_transpose2d} without bias.
     *
     * @param x {@code [N, I, H, W]}
     * @param weight {@code [I, O / groups, h, w]}
     */
    NDArray convTranspose2d(NDArray x, NDArray weight, int stride, int padding, int outputPadding, int groups);

    /** {@code a * b + c} with broadcasting, in one pass over the memory (torch's {@code addcmul}). */
    NDArray multiplyAdd(NDArray a, NDArray b, NDArray c);

    /** Leaky ReLU times a gain: {@code gain * max(x, slope * x)} for a slope in (0, 1). */
    NDArray leakyRelu(NDArray x, double slope, double gain);

    /**
     * Eigenvalues (ascending) and eigenvectors (columns) of symmetric matrices.
     *
     * @param x {@code [..., n, n]}; only the lower triangle is read
     * @return eigenvalues {@code [..., n]} and eigenvectors {@code [..., n, n]}
     */
    NDList eigh(NDArray x);

    /**
     * Training-mode or evaluation-mode batch normalisation over all axes but the second, with torch's conventions.
     *
     * @param momentum the weight of the batch in the running statistics (torch's meaning), which are updated in place
     *     in training mode
     */
    NDArray batchNorm(
            NDArray x,
            NDArray runningMean,
            NDArray runningVariance,
            NDArray gamma,
            NDArray beta,
            double epsilon,
            double momentum,
            Mode mode);

    /** Whether batch statistics or running statistics normalise. */
    enum Mode {
        TRAINING,
        EVALUATION
    }
}
