package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.api.network.WeightUse;
import org.obverse.api.tensor.Operators;

/** A factor and an offset per channel, {@code γ x + β}: batch normalisation without the normalisation. */
public final class ChannelAffine implements Layer {
    private final Operators operators;
    private final NDArray gamma;
    private final NDArray beta;

    private ChannelAffine(Namespace at, int channels) {
        this.operators = at.operators();
        this.gamma = at.weight("weight", new Shape(channels), Initial.constant(1));
        this.beta = at.weight("bias", new Shape(channels), Initial.constant(0));
    }

    /** Takes {@code weight} (1 at first) and {@code bias} (0 at first), both {@code [channels]}, for maps. */
    public static Layer of(Namespace at, int channels) {
        return new ChannelAffine(at, channels);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        try (NDArray factor = gamma.reshape(1, -1, 1, 1);
                NDArray offset = beta.reshape(1, -1, 1, 1)) {
            NDArray y = operators.multiplyAdd(x, factor, offset);
            pass.tell(new WeightUse.Factor(gamma, x, y));
            pass.tell(new WeightUse.Offset(beta, y));
            return y;
        }
    }
}
