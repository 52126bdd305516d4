package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.UnaryOperator;
import org.obverse.api.tensor.Gradients;

/** The penalty that keeps a critic 1-Lipschitz (Gulrajani et al. 2017, equation 3). */
public final class GradientPenalty {
    private GradientPenalty() {}

    /**
     * {@code mean (‖∇D(x̃)‖₂ - 1)²} with {@code x̃ = x + a (x' - x)}; to be called while recording.
     *
     * @param critic of {@code [N, ...image]}, with an answer {@code [N]} in which no sample influences another's
     * @param reals x, {@code [N, ...image]}
     * @param fakes x', of that shape
     * @param shares a, {@code [N]} in [0, 1]
     * @return a scalar that can be differentiated with respect to the critic's weights
     */
    public static NDArray of(
            UnaryOperator<NDArray> critic, NDArray reals, NDArray fakes, NDArray shares, Gradients gradients) {
        NDArray between;
        try (Gradients.Recording paused = gradients.paused()) {
            between = gradients.variable(reals.add(fakes.sub(reals).mul(shares.reshape(-1, 1, 1, 1))));
        }
        NDArray slopes = gradients
                .differentiable(critic.apply(between).sum(), new NDList(between))
                .head();
        NDArray norms = slopes.reshape(slopes.getShape().get(0), -1)
                .square()
                .sum(new int[] {1})
                .sqrt();
        return norms.sub(1).square().mean();
    }
}
