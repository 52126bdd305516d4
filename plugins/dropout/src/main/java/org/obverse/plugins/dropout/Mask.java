package org.obverse.plugins.dropout;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tapped;
import org.obverse.api.random.RandomStream;

/**
 * {@code x b / (1 - p)} in training, where b is 0 with probability p and else 1, so that the expectation is x (Srivastava et
 * al. 2014; with one b for all pixels of a channel Tompson et al. 2015, arXiv 1411.4280, section 3.2). Evaluation changes
 * nothing.
 *
 * <p>b comes from the pass's stream under the name of the tap, sample after sample: what a sample draws does not depend on
 * how many follow it in the batch.
 *
 * @param rate p
 */
record Mask(String tap, double rate, Dropped kind) implements Tapped.Change {
    @Override
    public NDArray apply(NDArray activation, Pass pass) {
        if (!pass.trains()) {
            return activation;
        }
        Shape shape = shape(activation.getShape());
        RandomStream stream = pass.noise().child(Dropout.NAME).child(tap);
        float kept = (float) (1 / (1 - rate));
        float[] mask = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = stream.uniform() < rate ? 0 : kept;
        }
        return activation.mul(activation.getManager().create(mask, shape).toType(activation.getDataType(), false));
    }

    private Shape shape(Shape activation) {
        if (kind == Dropped.ELEMENT) {
            return activation;
        }
        long[] channels = activation.getShape().clone();
        for (int axis = 2; axis < channels.length; axis++) {
            channels[axis] = 1;
        }
        return new Shape(channels);
    }
}
