package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * StyleGAN2's upfirdn2d: zeros between the pixels, padding, convolution with a filter, fewer pixels; in one operator where
 * there is one.
 *
 * @param kernel per channel, {@code [C, 1, t, t]}, mirrored unless for a transposed convolution
 * @param insertion ones, {@code [C, 1, 1, 1]}
 */
record Resampler(Operators operators, Sampling sampling, NDArray kernel, NDArray insertion) {
    /** The same for images of another type. */
    Resampler in(Precision precision) {
        return new Resampler(
                operators, sampling, precision.reduce(operators, kernel), precision.reduce(operators, insertion));
    }

    /** From {@code [N, C, H, W]} to another resolution. */
    NDArray apply(NDArray x) {
        int channels = Math.toIntExact(kernel.getShape().get(0));
        int taps = Math.toIntExact(kernel.getShape().get(2));
        if (sampling.isOneConvolution()) {
            return operators.conv2d(x, kernel, sampling.down(), sampling.left(), channels);
        }
        if (sampling.isOneTransposedConvolution(taps)) {
            int padding = taps - 1 - sampling.left();
            return operators.convTranspose2d(x, kernel, sampling.up(), padding, sampling.overhang(), channels);
        }
        NDArray wide = operators.convTranspose2d(x, insertion, sampling.up(), 0, sampling.up() - 1, channels);
        return operators.conv2d(sampling.pad(wide), kernel, sampling.down(), 0, channels);
    }
}
