package org.obverse.plugins.losses;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.network.Activations;

/**
 * {@code -H(p) = Σ_k p_k log p_k} of each sample, in nats (Pereyra et al. 2017, arXiv 1701.06548, section 3.2). Its gradient
 * with respect to the logits is {@code p_k (log p_k + H)}.
 *
 * @param weight β
 */
record NegativeEntropy(double weight) implements LossTerm {
    @Override
    public Set<String> taps() {
        return Set.of();
    }

    @Override
    public Role role() {
        return Role.BESIDE_CROSS_ENTROPY;
    }

    @Override
    public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
        NDArray logs = activations.logits().logSoftmax(1);
        return logs.exp().mul(logs).sum(new int[] {1});
    }
}
