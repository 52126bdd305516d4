package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * A low-pass filter that images pass through when their resolution changes (upfirdn2d of StyleGAN2), channel by channel.
 *
 * @param taps {@code [h, w]}
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
        return new Filter(
                operators,
                parameters.buffer(
                        layer + ".resample_filter", new Shape(BINOMIAL.length, BINOMIAL.length), PUBLISHED));
    }

    /** The filter mirrored at both axes: filtering with it is correlation instead of convolution. */
    Filter mirrored() {
        return new Filter(operators, taps.flip(0, 1));
    }

    /** One copy per channel, {@code [channels, 1, h, w]}, times a gain. */
    NDArray perChannel(long channels, double gain) {
        Shape shape = taps.getShape();
        return taps.mul(gain).reshape(1, 1, shape.get(0), shape.get(1)).repeat(0, channels);
    }

    /** Padding, filtering and a smaller resolution, in that order. */
    NDArray apply(NDArray x, Sampling sampling) {
        long channels = x.getShape().get(1);
        NDArray wide = x;
        if (sampling.up() > 1) {
            NDArray ones = taps.getManager().ones(new Shape(channels, 1, 1, 1));
            wide = operators.convTranspose2d(
                    x, ones, sampling.up(), 0, sampling.up() - 1, Math.toIntExact(channels));
        }
        NDArray padded = sampling.pad(wide);
        NDArray kernel = mirrored().perChannel(channels, sampling.gain());
        return operators.conv2d(padded, kernel, sampling.down(), 0, Math.toIntExact(channels));
    }

    /** Twice the resolution: {@code [N, C, 2H, 2W]}, in one operator. */
    NDArray doubled(NDArray x) {
        long channels = x.getShape().get(1);
        int padding = Math.toIntExact(taps.getShape().get(0) / 2 - 1);
        return operators.convTranspose2d(x, perChannel(channels, 4), 2, padding, 0, Math.toIntExact(channels));
    }
}
