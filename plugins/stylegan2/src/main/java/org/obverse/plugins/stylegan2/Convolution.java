package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * A 3×3 convolution of the synthesis network. Doubling the resolution is a transposed convolution and a filter: the two in
 * one 6×6 kernel, or in one convolution per phase, were measured to be up to 1.7 times slower.
 *
 * @param weight {@code [out, in, 3, 3]}, or {@code [in, out, 3, 3]} when it doubles the resolution
 * @param smoothing after doubling
 */
record Convolution(Operators operators, NDArray weight, Resampler smoothing, SynthesisLayer.Resolution resolution) {
    private static final Sampling AFTER_DOUBLING = Sampling.padded(1, 1, 4);

    /**
     * @param weight {@code [out, in, 3, 3]}
     */
    static Convolution of(Operators operators, NDArray weight, Filter filter, SynthesisLayer.Resolution resolution) {
        Resampler smoothing = filter.resampler(AFTER_DOUBLING, weight.getShape().get(0));
        return switch (resolution) {
            case KEPT -> new Convolution(operators, weight, smoothing, resolution);
            case DOUBLED -> new Convolution(operators, weight.transpose(1, 0, 2, 3), smoothing, resolution);
        };
    }

    /** The same with weights of another type. */
    Convolution in(Precision precision) {
        return new Convolution(operators, precision.reduce(operators, weight), smoothing.in(precision), resolution);
    }

    /** From {@code [N, in, H, W]} to {@code [N, out, H, W]} or {@code [N, out, 2H, 2W]}. */
    NDArray apply(NDArray x) {
        return switch (resolution) {
            case KEPT -> operators.conv2d(x, weight, 1, 1, 1);
            case DOUBLED -> smoothing.apply(operators.convTranspose2d(x, weight, 2, 0, 0, 1));
        };
    }
}
