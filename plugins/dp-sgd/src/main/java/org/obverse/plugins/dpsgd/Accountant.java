package org.obverse.plugins.dpsgd;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps account of what the steps of a training give away. */
final class Accountant {
    /** A larger ε says nothing: what it allows to happen is certain. */
    private static final double MOST = 1000;

    /**
     * Of less noise no order says anything: {@code D_α ≥ α / (2 σ²) + α / (α − 1) ln q}, the logarithm of the largest term alone, is above 1000
     * for every q above 1e-100.
     */
    private static final double LEAST_NOISE = 0.01;

    private static final Logger LOG = LoggerFactory.getLogger(Accountant.class);

    private final DpSgd settings;
    private boolean warned;

    Accountant(DpSgd settings) {
        this.settings = settings;
    }

    /** ε after so many steps; infinite where it is above 1000. */
    double epsilon(double rate, long steps) {
        if (settings.noise() < LEAST_NOISE && rate > 0 && steps > 0) {
            return Double.POSITIVE_INFINITY;
        }
        SampledGaussian step = new SampledGaussian(rate, settings.noise());
        PrivacyLoss loss =
                PrivacyLoss.of(order -> steps * step.divergence(order), settings.delta(), PrivacyLoss.ORDERS);
        if (loss.epsilon() > MOST) {
            return Double.POSITIVE_INFINITY;
        }
        if (loss.range() == PrivacyLoss.Range.AT_THEIR_END && !warned) {
            warned = true;
            LOG.warn(
                    "{}: after {} steps epsilon {} comes from order {}, at an end of those tried: the training may give away less",
                    DpSgd.NAME,
                    steps,
                    loss.epsilon(),
                    loss.order());
        }
        return loss.epsilon();
    }
}
