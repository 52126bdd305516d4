package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * A synthesis layer as a function of its effective weights: modulated convolution (Karras et al. 2020, equations 1 and
 * 3), noise, bias, activation, clamp.
 *
 * <p>The unfused form: styles scale the activations before one convolution that all samples share, and the demodulation
 * {@code d = (Σ_i s_i² Σ_k w_oik² + 1e-8)^(-1/2)} scales them after. So no weights are made per sample, and none
 * receives a gradient when only the latents need one. Leaky ReLU is homogeneous, so its gain is folded into {@code d}
 * and the offset.
 *
 * @param precision of the activations and of the convolution's weights
 * @param row of w that makes its style
 * @param affine from a row of w to the style, {@code [N, in]}
 * @param squares {@code Σ_k w²}, {@code [in, out]}
 * @param offset bias and constant noise times √2, {@code [1, out, 1, 1]} or {@code [1, out, H, W]}
 * @param strength of random noise, without axes
 * @param clamp bound of the result, or 0 for none
 */
record ModulatedConvolution(
        Operators operators,
        Precision precision,
        int row,
        Linear affine,
        Convolution convolution,
        NDArray squares,
        NDArray offset,
        NDArray strength,
        double clamp) {
    private static final double EPSILON = 1e-8;

    /**
     * @param x {@code [N, in, H, W]}, or {@code [1, in, H, W]} for the constant
     * @param w {@code [N, style]}
     * @param made the pixels of the result
     */
    NDArray apply(NDArray x, NDArray w, NoiseSource noise, Region made) {
        NDArray style = precision.isReduced() ? normalized(affine.apply(w)) : affine.apply(w);
        NDArray demodulation =
                style.square().matMul(squares).add(EPSILON).pow(-0.5).mul(Activation.GAIN);
        NDArray y = convolution.apply(reduced(style).mul(x));
        NDArray z = operators.multiplyAdd(y, reduced(demodulation), noise.offset(this, y.getManager(), made));
        return Activation.clamp(operators.leakyRelu(z, Activation.SLOPE, 1), clamp);
    }

    /** The bias and the constant noise of some pixels. */
    NDArray offset(Region made) {
        return offset.getShape().get(2) == 1 ? offset : made.of(offset, Region.whole(made.side()));
    }

    /** Styles of at most 1, in the range of float16; demodulation undoes it, so no gradient is missed. */
    private static NDArray normalized(NDArray style) {
        return style.div(style.abs().max(new int[] {1}, true).stopGradient());
    }

    /** One number per channel. */
    private NDArray reduced(NDArray values) {
        return precision.reduce(
                operators,
                values.reshape(values.getShape().get(0), values.getShape().get(1), 1, 1));
    }
}
