package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * The encoder of the autoencoder that trains a generator: 3×3 convolutions of stride 2 down to 4 pixels, a hidden layer, a
 * Gaussian over codes. It is thrown away afterwards.
 */
final class Encoder {
    private static final int HIDDEN = 256;
    private static final int WIDEST = 128;
    private static final double LOWEST = -8;
    private static final double HIGHEST = 4;

    private final Operators operators;
    private final int codeSize;
    private final List<NDArray> kernels = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private final NDArray hidden;
    private final NDArray hiddenBias;
    private final NDArray out;
    private final NDArray outBias;

    Encoder(Operators operators, Parameters parameters, int side, int codeSize) {
        this.operators = operators;
        this.codeSize = codeSize;
        int inputs = 3;
        int halvings = Integer.numberOfTrailingZeros(side / Dimensions.SMALLEST);
        for (int i = 0; i < halvings; i++) {
            int outputs = Math.max(8, WIDEST >> (halvings - 1 - i));
            kernels.add(
                    parameters.weight("conv" + i + ".weight", new Shape(outputs, inputs, 3, 3), scaled(9 * inputs)));
            biases.add(parameters.weight("conv" + i + ".bias", new Shape(outputs), Initial.constant(0)));
            inputs = outputs;
        }
        int features = inputs * Dimensions.SMALLEST * Dimensions.SMALLEST;
        this.hidden = parameters.weight("hidden.weight", new Shape(features, HIDDEN), scaled(features));
        this.hiddenBias = parameters.weight("hidden.bias", new Shape(HIDDEN), Initial.constant(0));
        this.out = parameters.weight("out.weight", new Shape(HIDDEN, 2L * codeSize), Initial.normal(0.05));
        this.outBias = parameters.weight("out.bias", new Shape(2L * codeSize), Initial.constant(0));
    }

    /** Normal with the variance that keeps a leaky ReLU's output at unit variance (He et al. 2015). */
    private static Initial scaled(int fanIn) {
        return Initial.normal(Math.sqrt(2.0 / fanIn));
    }

    /** The distribution over codes for images {@code [N, 3, side, side]}. */
    Posterior posterior(NDArray images) {
        NDArray x = images;
        for (int i = 0; i < kernels.size(); i++) {
            NDArray y = operators.conv2d(x, kernels.get(i), 2, 1, 1);
            x = operators.leakyRelu(y.add(biases.get(i).reshape(1, biases.get(i).size(), 1, 1)), Activation.SLOPE, 1);
        }
        NDArray flat = x.reshape(x.getShape().get(0), hidden.getShape().get(0));
        NDArray h = operators.leakyRelu(flat.matMul(hidden).add(hiddenBias), Activation.SLOPE, 1);
        return Posterior.of(h.matMul(out).add(outBias), codeSize);
    }

    /**
     * Independent normal distributions.
     *
     * @param mean {@code [N, size]}
     * @param logVariance {@code [N, size]}
     */
    record Posterior(NDArray mean, NDArray logVariance) {
        /** Of a network's answers {@code [N, 2 * size]}: means, then logarithms of variances. */
        static Posterior of(NDArray answers, int size) {
            return new Posterior(
                    answers.get(new NDIndex(":,0:{}", size)),
                    answers.get(new NDIndex(":,{}:", size)).clip(LOWEST, HIGHEST));
        }

        /** Those of some rows. */
        Posterior rows(int... indices) {
            NDArray chosen = mean.getManager().create(indices);
            return new Posterior(mean.get(chosen), logVariance.get(chosen));
        }

        /** A draw, differentiable in the parameters (Kingma and Welling 2014, section 2.4). */
        NDArray draw(NDArray gaussians) {
            return logVariance.mul(0.5).exp().mul(gaussians).add(mean);
        }

        /** The Kullback-Leibler divergence from the standard normal in nats, averaged over the images (appendix B). */
        NDArray divergence() {
            return logVariance
                    .exp()
                    .add(mean.square())
                    .sub(logVariance)
                    .sub(1)
                    .sum()
                    .mul(0.5 / mean.getShape().get(0));
        }
    }
}
