package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;

/**
 * Dropout (Srivastava et al. 2014), scaled in training: each element is zero with a probability, else divided by the
 * probability of the opposite. Evaluation changes nothing.
 *
 * <p>The mask comes from the pass's stream, under the name of the layer, sample after sample in row-major order: what a
 * sample draws does not depend on how many follow it in the batch.
 */
public final class Dropout implements Layer {
    private final String name;
    private final double rate;

    private Dropout(String name, double rate) {
        this.name = name;
        this.rate = rate;
    }

    /**
     * @param name unique among the random layers of the network
     * @param rate the probability of zero, in [0, 1)
     * @throws IllegalArgumentException if the rate is out of range
     */
    public static Layer of(String name, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate of " + rate + " is out of range: use one in [0, 1)");
        }
        return new Dropout(name, rate);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        if (!pass.trains() || rate == 0) {
            return x;
        }
        try (NDArray mask =
                        x.getManager().create(mask(x.getShape(), pass.noise().child(name)), x.getShape());
                NDArray typed = mask.toType(x.getDataType(), false)) {
            return x.mul(typed);
        }
    }

    private float[] mask(Shape shape, RandomStream stream) {
        float kept = (float) (1 / (1 - rate));
        float[] mask = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = stream.uniform() < rate ? 0 : kept;
        }
        return mask;
    }
}
