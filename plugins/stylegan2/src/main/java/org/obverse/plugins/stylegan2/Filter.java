package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * A low-pass filter that images pass through, channel by channel, when their resolution changes: StyleGAN2's upfirdn2d.
 *
 * @param taps {@code [t, t]}
 */
record Filter(Operators operators, NDArray taps) {
    private static final float[] BINOMIAL = {1, 3, 3, 1};

    /** The published filter [1, 3, 3, 1], as an outer product of sum 1. */
    static final Initial PUBLISHED = (shape, stream) -> {
        float[] values = new float[BINOMIAL.length * BINOMIAL.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = BINOMIAL[i / BINOMIAL.length] * BINOMIAL[i % BINOMIAL.length] / 64;
        }
        return values;
    };

    /** The filter that a layer stores, {@code resample_filter}. */
    static Filter of(Operators operators, Parameters parameters, String layer) {
        Shape shape = new Shape(BINOMIAL.length, BINOMIAL.length);
        return new Filter(operators, parameters.buffer(layer + ".resample_filter", shape, PUBLISHED));
    }

    /** The number of taps along one axis. */
    int size() {
        return Math.toIntExact(taps.getShape().get(0));
    }

    /** The filter mirrored at both axes: filtering with it is correlation instead of convolution. */
    Filter mirrored() {
        return new Filter(operators, taps.flip(0, 1));
    }

    /**
     * Zeros between the pixels, padding, convolution with the taps, fewer pixels.
     *
     * @param x {@code [N, C, H, W]}
     */
    NDArray apply(NDArray x, Sampling sampling) {
        int channels = Math.toIntExact(x.getShape().get(1));
        if (sampling.isOneConvolution()) {
            NDArray kernel = mirrored().perChannel(channels, sampling.gain());
            return operators.conv2d(x, kernel, sampling.down(), sampling.left(), channels);
        }
        if (sampling.isOneTransposedConvolution(size())) {
            NDArray kernel = perChannel(channels, sampling.gain());
            return operators.convTranspose2d(
                    x, kernel, sampling.up(), size() - 1 - sampling.left(), sampling.overhang(), channels);
        }
        NDArray ones = taps.getManager().ones(new Shape(channels, 1, 1, 1));
        NDArray wide = operators.convTranspose2d(x, ones, sampling.up(), 0, sampling.up() - 1, channels);
        NDArray kernel = mirrored().perChannel(channels, sampling.gain());
        return operators.conv2d(sampling.pad(wide), kernel, sampling.down(), 0, channels);
    }

    /** One copy per channel, {@code [channels, 1, t, t]}, times a gain. */
    private NDArray perChannel(int channels, double gain) {
        return taps.mul(gain).reshape(1, 1, size(), size()).repeat(0, channels);
    }
}
