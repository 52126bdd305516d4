package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * The losses of the inversion GAN. The discriminator has one logit per class and none for fakes; with
 * {@code s = log Σ_c exp l_c} an image is real with the probability {@code σ(s)} (Salimans et al. 2016, section 5).
 */
final class Losses {
    private static final int[] CLASSES = {1};
    private static final int[] SAMPLES = {0};

    private Losses() {}

    /**
     * How real images are, as a logit.
     *
     * @param logits {@code [N, classes]}
     * @return {@code [N]}
     */
    static NDArray realness(NDArray logits) {
        NDArray largest = logits.max(CLASSES, true).stopGradient();
        return logits.sub(largest).exp().sum(CLASSES).log().add(largest.squeeze(1));
    }

    /** The mean of {@code softplus(s) - s = -log σ(s)}: what images lack to be real. */
    static NDArray unreal(NDArray logits, Operators operators) {
        return operators.softplus(realness(logits).neg()).mean();
    }

    /** The mean of {@code softplus(s) = -log (1 - σ(s))}: what images lack to be fakes. */
    static NDArray unfake(NDArray logits, Operators operators) {
        return operators.softplus(realness(logits)).mean();
    }

    /** The mean cross-entropy between the target's confidences, {@code [N, classes]}, and the discriminator's. */
    static NDArray disagreement(NDArray logits, NDArray confidences) {
        return logits.logSoftmax(1).mul(confidences).sum(CLASSES).mean().neg();
    }

    /**
     * The discriminator's loss: {@code softCE(D(x), T(x)) + ½ (unreal(D(x')) + unfake(D(G(z))))}.
     *
     * @param known logits of images x whose confidences the target gave
     * @param others logits of other public images x'
     * @param fakes logits of generated images
     * @param knowledge weight of the first term, 1 as published
     */
    static NDArray discriminator(
            NDArray known, NDArray confidences, NDArray others, NDArray fakes, double knowledge, Operators operators) {
        NDArray realism =
                unreal(others, operators).add(unfake(fakes, operators)).mul(0.5);
        return knowledge == 0
                ? realism
                : disagreement(known, confidences).mul(knowledge).add(realism);
    }

    /** Feature matching: the mean over features of the distance between the batches' mean features {@code [N, F]}. */
    static NDArray mismatch(NDArray fakes, NDArray reals) {
        return fakes.mean(SAMPLES).sub(reals.mean(SAMPLES)).abs().mean();
    }

    /** The entropy of the discriminator's classes in nats, summed over the batch. */
    static NDArray entropy(NDArray logits) {
        NDArray logs = logits.logSoftmax(1);
        return logs.exp().mul(logs).sum().neg();
    }
}
