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
     * @param size k, 1 or 3
     * @param bias whether there is one
     */
    EqualizedConvolution(
            Operators operators,
            Parameters parameters,
            String name,
            Shape shape,
            Bias bias,
            Resolution resolution) {
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
        return new Effective(
                operators,
                weight.mul(1 / Math.sqrt(fanIn)),
                bias == null ? null : bias.reshape(1, bias.size(), 1, 1),
                filter.mirrored().perChannel(shape.get(1), 1),
                resolution);
    }

    /**
     * The convolution as a function of its effective weights.
     *
     * @param weight {@code [out, in, k, k]}
     * @param bias {@code [1, out, 1, 1]}, or none
     * @param filter before halving, {@code [in, 1, 4, 4]}
     */
    record Effective(
            Operators operators, NDArray weight, @Nullable NDArray bias, NDArray filter, Resolution resolution) {
        NDArray apply(NDArray x) {
            NDArray y = convolved(x);
            return bias == null ? y : y.add(bias);
        }

        private NDArray convolved(NDArray x) {
            int size = Math.toIntExact(weight.getShape().get(2));
            if (resolution == Resolution.KEPT) {
                return operators.conv2d(x, weight, 1, size / 2, 1);
            }
            int channels = Math.toIntExact(filter.getShape().get(0));
            if (size == 1) {
                return operators.conv2d(operators.conv2d(x, filter, 2, 1, channels), weight, 1, 0, 1);
            }
            return operators.conv2d(operators.conv2d(x, filter, 1, 2, channels), weight, 2, 0, 1);
        }
    }
}
