package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * A low-pass filter that images pass through, channel by channel, when their resolution changes.
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

    /** The filter made ready for images of that many channels. */
    Resampler resampler(Sampling sampling, long channels) {
        boolean transposed = !sampling.isOneConvolution() && sampling.isOneTransposedConvolution(size());
        NDArray kernel = transposed ? taps : taps.flip(0, 1);
        return new Resampler(
                operators,
                sampling,
                kernel.mul(sampling.gain()).reshape(1, 1, size(), size()).repeat(0, channels),
                taps.getManager().ones(new Shape(channels, 1, 1, 1)));
    }
}
