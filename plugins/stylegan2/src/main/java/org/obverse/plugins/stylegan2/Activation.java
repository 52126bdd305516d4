package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Operators;

/** The networks' one nonlinearity: leaky ReLU of slope 0.2 with gain √2, and the clamp that may follow. */
final class Activation {
    static final double GAIN = Math.sqrt(2);
    static final double SLOPE = 0.2;

    private Activation() {}

    /** {@code √2 · leakyRelu(x)}. */
    static NDArray apply(Operators operators, NDArray x) {
        return operators.leakyRelu(x, SLOPE, GAIN);
    }

    /**
     * To [−bound, bound].
     *
     * @param bound 0 for none
     */
    static NDArray clamp(NDArray x, double bound) {
        return bound == 0 ? x : x.clip(-bound, bound);
    }

    /** Scaled to unit second moment over the features: {@code x / √(mean(x²) + 1e-8)}. */
    static NDArray normalize(NDArray x) {
        return x.mul(x.square().mean(new int[] {1}, true).add(1e-8).pow(-0.5));
    }
}
