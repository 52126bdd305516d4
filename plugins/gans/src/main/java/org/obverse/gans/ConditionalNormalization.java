package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Namespace;

/**
 * Batch normalisation with a factor and an offset per class (de Vries et al. 2017): {@code γ_y h + β_y} of maps h with mean 0 and
 * variance 1, with torch's constants.
 */
final class ConditionalNormalization {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Operators operators;
    private final NDArray runningMean;
    private final NDArray runningVariance;
    private final NDArray ones;
    private final NDArray zeros;
    private final NDArray gamma;
    private final NDArray beta;

    private ConditionalNormalization(Namespace at, int channels, int classes) {
        Parameters parameters = at.parameters();
        Shape ofChannels = new Shape(channels);
        Shape ofClasses = new Shape(classes, channels);
        this.operators = at.operators();
        this.runningMean = parameters.buffer(at.prefix() + "running_mean", ofChannels, Initial.constant(0));
        this.runningVariance = parameters.buffer(at.prefix() + "running_var", ofChannels, Initial.constant(1));
        this.gamma = parameters.weight(at.prefix() + "gamma", ofClasses, Initial.constant(1));
        this.beta = parameters.weight(at.prefix() + "beta", ofClasses, Initial.constant(0));
        this.ones = runningMean.onesLike();
        this.zeros = runningMean.zerosLike();
    }

    /**
     * Takes {@code gamma} (1 at first) and {@code beta} (0 at first), both {@code [classes, channels]}, {@code running_mean} and
     * {@code running_var}, both {@code [channels]}.
     */
    static ConditionalNormalization of(Namespace at, int channels, int classes) {
        return new ConditionalNormalization(at, channels, classes);
    }

    /**
     * @param x {@code [N, channels, H, W]}
     * @param condition {@code [N, classes]}, one at each sample's class
     */
    NDArray apply(NDArray x, NDArray condition, Pass pass) {
        NDArray normal = operators.batchNorm(
                x,
                runningMean,
                runningVariance,
                ones,
                zeros,
                EPSILON,
                MOMENTUM,
                pass.trains() ? Operators.Mode.TRAINING : Operators.Mode.EVALUATION);
        Shape maps = new Shape(x.getShape().get(0), x.getShape().get(1), 1, 1);
        return operators.multiplyAdd(
                normal,
                condition.matMul(gamma).reshape(maps),
                condition.matMul(beta).reshape(maps));
    }
}
