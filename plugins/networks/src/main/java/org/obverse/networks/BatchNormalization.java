package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Operators.Mode;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) with torch's constants: ε = 10⁻⁵ unless it is given, and running statistics that move by a
 * tenth towards each training batch, whose variance they take unbiased.
 *
 * <p>While its weight is frozen it neither uses nor learns batch statistics: otherwise private data would enter a layer
 * that is meant to stay as it was pre-trained.
 */
public final class BatchNormalization implements Layer {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Parameters parameters;
    private final Operators operators;
    private final String weight;
    private final NDArray gamma;
    private final NDArray beta;
    private final NDArray runningMean;
    private final NDArray runningVariance;
    private final double epsilon;

    private BatchNormalization(Namespace at, int channels, double epsilon, Shift shift) {
        Shape shape = new Shape(channels);
        this.epsilon = epsilon;
        this.parameters = at.parameters();
        this.operators = at.operators();
        this.weight = at.prefix() + "weight";
        this.gamma = at.weight("weight", shape, Initial.constant(1));
        this.beta = shift == Shift.LEARNED
                ? at.weight("bias", shape, Initial.constant(0))
                : at.buffer("bias", shape, Initial.constant(0));
        this.runningMean = at.buffer("running_mean", shape, Initial.constant(0));
        this.runningVariance = at.buffer("running_var", shape, Initial.constant(1));
    }

    /**
     * Takes {@code weight}, {@code bias}, {@code running_mean} and {@code running_var}, all {@code [channels]}.
     *
     * @return a layer for {@code [N, channels, ...]}; in training mode it refuses an input with a single value per
     *     channel, which has no variance
     */
    public static Layer of(Namespace at, int channels) {
        return of(at, channels, EPSILON);
    }

    /**
     * As {@link #of(Namespace, int)}.
     *
     * @param epsilon added to the variance
     */
    public static Layer of(Namespace at, int channels, double epsilon) {
        return new BatchNormalization(at, channels, epsilon, Shift.LEARNED);
    }

    /** As {@link #of(Namespace, int)}, but {@code bias}, 0 at first, is not trained. */
    public static Layer withFixedShift(Namespace at, int channels) {
        return new BatchNormalization(at, channels, EPSILON, Shift.FIXED);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        Mode mode = pass.trains() && !parameters.isFrozen(weight) ? Mode.TRAINING : Mode.EVALUATION;
        return operators.batchNorm(x, runningMean, runningVariance, gamma, beta, epsilon, MOMENTUM, mode);
    }

    private enum Shift {
        LEARNED,
        FIXED
    }
}
