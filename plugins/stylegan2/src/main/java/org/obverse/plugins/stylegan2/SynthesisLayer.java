package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of one 3×3 modulated convolution of the synthesis network, with or without doubling the resolution. */
final class SynthesisLayer {
    private final Operators operators;
    private final int row;
    private final Filter filter;
    private final NDArray weight;
    private final NDArray strength;
    private final NDArray bias;
    private final NDArray pattern;
    private final FullyConnected affine;
    private final Resolution resolution;

    /** Whether a layer keeps the resolution of its input. */
    enum Resolution {
        KEPT,
        DOUBLED
    }

    /**
     * @param side of its output, in pixels
     * @param row of w that makes its style
     */
    SynthesisLayer(
            Operators operators,
            Parameters parameters,
            String name,
            Channels channels,
            int style,
            int side,
            int row,
            Resolution resolution) {
        this.operators = operators;
        this.row = row;
        this.resolution = resolution;
        this.weight =
                parameters.weight(name + ".weight", new Shape(channels.out(), channels.in(), 3, 3), Initial.normal(1));
        this.strength = parameters.weight(name + ".noise_strength", new Shape(), Initial.constant(0));
        this.bias = parameters.weight(name + ".bias", new Shape(channels.out()), Initial.constant(0));
        this.filter = Filter.of(operators, parameters, name);
        this.pattern = parameters.buffer(name + ".noise_const", new Shape(side, side), Initial.normal(1));
        this.affine = new FullyConnected(parameters, name + ".affine", style, channels.in(), 1, 1);
    }

    ModulatedConvolution effective(Noise noise, Precision precision, double clamp) {
        NDArray offset = bias.reshape(1, bias.size(), 1, 1).mul(Activation.GAIN);
        if (noise == Noise.CONSTANT) {
            NDArray added = pattern.mul(strength).mul(Activation.GAIN);
            offset = offset.add(added.reshape(
                    1, 1, pattern.getShape().get(0), pattern.getShape().get(1)));
        }
        NDArray kernel = precision.isReduced() ? normalized() : weight;
        return new ModulatedConvolution(
                operators,
                precision,
                row,
                affine.effective(),
                Convolution.of(operators, kernel, filter, resolution).in(precision),
                kernel.square().sum(new int[] {2, 3}).transpose(),
                precision.reduce(operators, offset),
                strength,
                clamp);
    }

    /**
     * Each output's weights divided by their largest and by √(inputs · 9), so that sums stay within the range of float16
     * (stylegan2-ada-pytorch does the same); demodulation undoes it.
     */
    private NDArray normalized() {
        Shape shape = weight.getShape();
        NDArray rows = weight.reshape(shape.get(0), -1);
        NDArray largest = rows.abs().max(new int[] {1}, true);
        return rows.div(largest.mul(Math.sqrt(9.0 * shape.get(1)))).reshape(shape);
    }

    /** Numbers of channels. */
    record Channels(int in, int out) {}
}
