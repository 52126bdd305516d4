package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/**
 * The losses of the GAN that labels teach, T-ACGAN (Nguyen et al., NeurIPS 2023, Sec. 3). With a the logit that an image is real, and l
 * the discriminator's logits of its class,
 *
 * <pre>{@code
 * L_D = -E log σ(a(x)) - E log (1 - σ(a(G(z, y)))) + w CE(l(G(z, y)), argmax T(G(z, y)))
 * L_G = -E log σ(a(G(z, y))) + w CE(l(G(z, y)), y)
 * }</pre>
 */
final class LabelLosses {
    private LabelLosses() {}

    /** The mean of {@code -log σ(a)}: what images lack to be real. */
    static NDArray unreal(NDArray realness, Operators operators) {
        return operators.softplus(realness.neg()).mean();
    }

    /** The mean of {@code -log (1 - σ(a))}: what images lack to be fakes. */
    static NDArray unfake(NDArray realness, Operators operators) {
        return operators.softplus(realness).mean();
    }

    /**
     * The mean cross-entropy.
     *
     * @param logits {@code [N, classes]}
     * @param wanted int64 {@code [N]}
     */
    static NDArray misclassified(NDArray logits, NDArray wanted) {
        NDArray own = wanted.oneHot(Math.toIntExact(logits.getShape().get(1)), logits.getDataType());
        return logits.logSoftmax(1).mul(own).sum(new int[] {1}).mean().neg();
    }
}
