package org.obverse.plugins.mid;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.network.Activations;

/**
 * {@code KL(N(μ, σ²) ‖ N(0, I)) = Σ_d ½ (μ² + σ² - 1 - 2 log σ)} of each sample, in nats: an upper bound on what z says
 * about the image (Wang et al. 2021, section 3; Alemi et al. 2017, equation 17).
 *
 * @param weight λ
 */
record BottleneckDivergence(double weight) implements LossTerm {
    @Override
    public Set<String> taps() {
        return Set.of(Bottleneck.MU, Bottleneck.SIGMA);
    }

    @Override
    public Role role() {
        return Role.BESIDE_CROSS_ENTROPY;
    }

    @Override
    public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
        NDArray mu = activations.tap(Bottleneck.MU);
        NDArray sigma = activations.tap(Bottleneck.SIGMA);
        NDArray terms = mu.square().add(sigma.square()).sub(1).sub(sigma.log().mul(2));
        return terms.mul(0.5).sum(new int[] {1});
    }
}
