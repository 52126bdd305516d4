package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * The weights of a convolution of the discriminator with equalised learning rate: stored as N(0, 1), used divided by
 * √(inputs · k²).
 */
final class EqualizedConvolution {
    private final Operators operators;
    private final NDArray weight;
    private final @Nullable NDArray bias;
    private final Filter filter;
    private final Resolution resolution;

    /** What a convolution does to the resolution. */
    enum Resolution {
        KEPT,
        HALVED
    }

    /**
     * @param shape {@code [out, in, k, k]} with k 1 or 3
     */
    EqualizedConvolution(
            Operators operators, Parameters parameters, String name, Shape shape, Bias bias, Resolution resolution) {
        this.operators = operators;
        this.resolution = resolution;
        this.weight = parameters.weight(name + ".weight", shape, Initial.normal(1));
        this.bias = bias == Bias.ADDED
                ? parameters.weight(name + ".bias", new Shape(shape.get(0)), Initial.constant(0))
                : null;
        this.filter = Filter.of(operators, parameters, name);
    }

    /** Whether a convolution adds a bias. */
    enum Bias {
        ADDED,
        NONE
    }

    Effective effective() {
        Shape shape = weight.getShape();
        double fanIn = shape.get(1) * shape.get(2) * shape.get(3);
        return Effective.of(
                operators,
                weight.mul(1 / Math.sqrt(fanIn)),
                bias == null ? null : bias.reshape(1, bias.size(), 1, 1),
                filter,
                resolution);
    }

    /**
     * The convolution as a function of its effective weights.
     *
     * @param weight {@code [out, in, k, k]}
     * @param bias {@code [1, out, 1, 1]}, or none
     * @param smoothing before halving, which it does itself for k = 1
     */
    record Effective(
            Operators operators, NDArray weight, @Nullable NDArray bias, Resampler smoothing, Resolution resolution) {
        private static final Sampling BEFORE_HALVING = Sampling.padded(1, 2, 1);

        static Effective of(
                Operators operators, NDArray weight, @Nullable NDArray bias, Filter filter, Resolution resolution) {
            Sampling sampling = size(weight) == 1 ? Sampling.downBy(2, filter.size()) : BEFORE_HALVING;
            Resampler smoothing = filter.resampler(sampling, weight.getShape().get(1));
            return new Effective(operators, weight, bias, smoothing, resolution);
        }

        private static int size(NDArray weight) {
            return Math.toIntExact(weight.getShape().get(2));
        }

        /** From {@code [N, in, H, W]} to {@code [N, out, H, W]} or {@code [N, out, H / 2, W / 2]}. */
        NDArray apply(NDArray x) {
            NDArray y = resolution == Resolution.KEPT
                    ? operators.conv2d(x, weight, 1, size(weight) / 2, 1)
                    : operators.conv2d(smoothing.apply(x), weight, size(weight) == 1 ? 1 : 2, 0, 1);
            return bias == null ? y : y.add(bias);
        }
    }
}
