package org.obverse.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.obverse.api.tensor.Operators;

/**
 * StyleGAN2's synthesis network as it was published (stylegan2-ada-pytorch, {@code training/networks.py}, in evaluation and
 * float32): each sample has modulated and demodulated weights of its own, and one convolution in groups computes the whole batch. The
 * weights themselves receive no gradient, as in the published networks, but those of each sample do, because they depend on w.
 *
 * @param weights under the official names, those of a generator with constant noise and without clamp
 * @param resolution height and width of an image
 */
record PublishedSynthesis(Operators operators, Map<String, NDArray> weights, int resolution) {
    private static final int SMALLEST = 4;
    private static final int COLORS = 3;
    private static final double SLOPE = 0.2;
    private static final double EPSILON = 1e-8;
    /** Doubling spreads a pixel over four. */
    private static final double DOUBLING_GAIN = 4;

    private enum Resolution {
        KEPT,
        DOUBLED
    }

    /**
     * @param w one row for all layers, {@code [N, style]}
     * @return whole images, {@code [N, 3, resolution, resolution]}
     */
    NDArray apply(NDArray w) {
        NDArray x = weight("b4.const").expandDims(0).repeat(0, w.getShape().get(0));
        x = layer("b4.conv1", x, w, Resolution.KEPT);
        NDArray image = colors("b4", x, w);
        for (int side = 2 * SMALLEST; side <= resolution; side *= 2) {
            String block = "b" + side;
            x = layer(block + ".conv0", x, w, Resolution.DOUBLED);
            x = layer(block + ".conv1", x, w, Resolution.KEPT);
            NDArray doubled = operators.convTranspose2d(image, filter(block, COLORS), 2, 1, 0, COLORS);
            image = doubled.add(colors(block, x, w));
        }
        return image;
    }

    private NDArray layer(String name, NDArray x, NDArray w, Resolution resolution) {
        NDArray modulated = modulated(name, style(name, w));
        Shape shape = modulated.getShape();
        NDArray demodulation =
                modulated.square().sum(new int[] {2, 3, 4}).add(EPSILON).pow(-0.5);
        NDArray each = modulated.mul(demodulation.reshape(shape.get(0), shape.get(1), 1, 1, 1));
        NDArray y = resolution == Resolution.KEPT ? convolved(x, each) : doubled(name, x, each);
        NDArray noise = weight(name + ".noise_const").mul(weight(name + ".noise_strength"));
        NDArray biased = y.add(noise).add(weight(name + ".bias").reshape(1, -1, 1, 1));
        return operators.leakyRelu(biased, SLOPE, Math.sqrt(2));
    }

    private NDArray colors(String block, NDArray x, NDArray w) {
        String name = block + ".torgb";
        NDArray style = style(name, w).mul(1 / Math.sqrt((double) x.getShape().get(1)));
        return convolved(x, modulated(name, style)).add(weight(name + ".bias").reshape(1, -1, 1, 1));
    }

    /** {@code A w / √style + b}, {@code [N, in]}. */
    private NDArray style(String name, NDArray w) {
        NDArray affine = weight(name + ".affine.weight").transpose();
        return w.matMul(affine.mul(1 / Math.sqrt((double) w.getShape().get(1)))).add(weight(name + ".affine.bias"));
    }

    /** The weights of each sample, {@code [N, out, in, k, k]}. */
    private NDArray modulated(String name, NDArray style) {
        Shape shape = style.getShape();
        return weight(name + ".weight").expandDims(0).mul(style.reshape(shape.get(0), 1, shape.get(1), 1, 1));
    }

    /** Each sample with its weights: the batch as groups of the channels of one image. */
    private NDArray convolved(NDArray x, NDArray each) {
        Shape shape = each.getShape();
        int samples = Math.toIntExact(shape.get(0));
        NDArray grouped = each.reshape(samples * shape.get(1), shape.get(2), shape.get(3), shape.get(4));
        int padding = Math.toIntExact(shape.get(3) / 2);
        return split(operators.conv2d(folded(x), grouped, 1, padding, samples), samples);
    }

    private NDArray doubled(String name, NDArray x, NDArray each) {
        Shape shape = each.getShape();
        int samples = Math.toIntExact(shape.get(0));
        NDArray grouped =
                each.transpose(0, 2, 1, 3, 4).reshape(samples * shape.get(2), shape.get(1), shape.get(3), shape.get(4));
        NDArray wide = split(operators.convTranspose2d(folded(x), grouped, 2, 0, 0, samples), samples);
        int channels = Math.toIntExact(shape.get(1));
        return operators.conv2d(wide, filter(name, channels), 1, 1, channels);
    }

    private static NDArray folded(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(1, shape.get(0) * shape.get(1), shape.get(2), shape.get(3));
    }

    private static NDArray split(NDArray y, long samples) {
        Shape shape = y.getShape();
        return y.reshape(samples, shape.get(1) / samples, shape.get(2), shape.get(3));
    }

    /** The low-pass filter, which is its own mirror image, for each channel. */
    private NDArray filter(String name, int channels) {
        NDArray taps = weight(name + ".resample_filter");
        Shape shape = taps.getShape();
        return taps.mul(DOUBLING_GAIN).reshape(1, 1, shape.get(0), shape.get(1)).repeat(0, channels);
    }

    private NDArray weight(String name) {
        NDArray weight = weights.get("synthesis." + name);
        if (weight == null) {
            throw new IllegalArgumentException("the generator has no tensor 'synthesis." + name + "'");
        }
        return weight;
    }
}
