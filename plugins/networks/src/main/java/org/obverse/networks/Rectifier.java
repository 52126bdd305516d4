package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.obverse.api.network.Initial;

/** Activations that let positive values pass. */
public final class Rectifier {
    private static final double QUARTER = 0.25;

    private Rectifier() {}

    /** {@code max(x, 0)}. */
    public static Layer relu() {
        return (x, pass) -> Activation.relu(x);
    }

    /**
     * {@code x} where it is positive, else {@code a x} with a slope per channel that is learned from 1/4 (He et al. 2015,
     * "Delving Deep into Rectifiers"; torch's {@code nn.PReLU}). Takes {@code weight} {@code [channels]}, for maps.
     */
    public static Layer parametric(Namespace at, int channels) {
        NDArray slope = at.weight("weight", new Shape(channels), Initial.constant(QUARTER));
        return (x, pass) -> {
            try (NDArray perChannel = slope.reshape(1, -1, 1, 1);
                    NDArray lift = perChannel.neg().add(1);
                    NDArray negated = x.neg();
                    NDArray below = Activation.relu(negated)) {
                return at.operators().multiplyAdd(below, lift, x);
            }
        };
    }
}
