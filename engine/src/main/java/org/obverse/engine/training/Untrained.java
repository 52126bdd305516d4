package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/**
 * What is known of a network before it is trained.
 *
 * @param weights the names of what training could change
 * @param given its initial values, if they are of a source of their own and not of the draws of its training
 */
public record Untrained(Shape input, int classes, List<Tap> taps, Set<String> weights, Start given)
        implements Classifier {
    /**
     * Of a network whose tensors will be closed.
     *
     * @param parameters drawn from {@link org.obverse.engine.random.Midpoints}
     */
    public static Untrained of(Classifier built, Parameters parameters) {
        return new Untrained(
                built.input(),
                built.classes(),
                built.taps(),
                Set.copyOf(parameters.trainable().keySet()),
                Start.of(parameters));
    }

    @Override
    public Parameters parameters() {
        throw new IllegalStateException("the network is yet to be trained");
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        throw new IllegalStateException("the network is yet to be trained");
    }
}
