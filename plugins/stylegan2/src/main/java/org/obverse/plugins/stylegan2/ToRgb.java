package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of a 1×1 modulated convolution to colours, without demodulation. */
final class ToRgb {
    private static final int COLORS = 3;

    private final NDArray weight;
    private final NDArray bias;
    private final FullyConnected affine;

    ToRgb(Parameters parameters, String name, int channels, int style) {
        this.weight = parameters.weight(name + ".weight", new Shape(COLORS, channels, 1, 1), Initial.normal(1));
        this.bias = parameters.weight(name + ".bias", new Shape(COLORS), Initial.constant(0));
        this.affine = new FullyConnected(parameters, name + ".affine", style, channels, 1, 1);
    }

    Effective effective(Operators operators, Precision precision, double clamp) {
        long channels = weight.getShape().get(1);
        return new Effective(
                operators,
                precision,
                affine.effective().times(1 / Math.sqrt((double) channels)),
                weight.reshape(1, COLORS, channels),
                bias.reshape(1, COLORS, 1, 1),
                clamp);
    }

    /**
     * The layer as a function of its effective weights. The colours of a pixel are a product of a 3 × C matrix per sample
     * with its channels, so no scaled copy of the activations is made.
     *
     * @param affine from a row of w to the style, divided by √C
     * @param weight {@code [1, 3, C]}
     * @param bias {@code [1, 3, 1, 1]}
     * @param clamp bound of the result, or 0 for none
     */
    record Effective(
            Operators operators, Precision precision, Linear affine, NDArray weight, NDArray bias, double clamp) {
        /** From {@code [N, C, H, W]} and {@code [N, style]} to {@code [N, 3, H, W]}, float32. */
        NDArray apply(NDArray x, NDArray w) {
            Shape shape = x.getShape();
            NDArray matrices =
                    precision.reduce(operators, affine.apply(w).expandDims(1).mul(weight));
            NDArray pixels = x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
            NDArray colors = matrices.matMul(pixels).reshape(shape.get(0), COLORS, shape.get(2), shape.get(3));
            return Activation.clamp(precision.restore(operators, colors).add(bias), clamp);
        }
    }
}
