package org.obverse.networks;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;

/**
 * Initial values for weights {@code [outputs, inputs, ...window]} that keep the variance of activations (He et al. 2015,
 * "Delving Deep into Rectifiers").
 */
public final class Kaiming {
    private Kaiming() {}

    /**
     * Uniform on ±1/√fan_in: what torch gives the weights of its convolution and linear layers ({@code
     * kaiming_uniform_} with a = √5).
     */
    public static Initial uniform() {
        return (shape, stream) ->
                Initial.uniform(bound(receptive(shape) * shape.get(1))).values(shape, stream);
    }

    /** Normal with variance 2/fan_out: what torchvision gives the convolutions of its residual networks. */
    public static Initial normalFanOut() {
        return (shape, stream) -> Initial.normal(Math.sqrt(2.0 / (receptive(shape) * shape.get(0))))
                .values(shape, stream);
    }

    /** Normal with variance 2/fan_in: what torchvision gives the convolutions of its densely connected networks. */
    public static Initial normalFanIn() {
        return (shape, stream) -> Initial.normal(Math.sqrt(2.0 / (receptive(shape) * shape.get(1))))
                .values(shape, stream);
    }

    /** Uniform on ±1/√fan_in: what torch gives the bias beside a weight with that many inputs per output. */
    public static Initial bias(long fanIn) {
        return Initial.uniform(bound(fanIn));
    }

    private static double bound(long fanIn) {
        return 1 / Math.sqrt((double) fanIn);
    }

    private static long receptive(Shape shape) {
        return shape.slice(2).size();
    }
}
