package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What turns the features of a network's body into logits. */
public interface Head {
    /** Activations of the head itself; their names differ from those of the body. */
    List<Tap> taps();

    /**
     * @param features the body's {@link Tap#PENULTIMATE} activation, {@code [N, features]}
     * @return logits {@code [N, classes]} and exactly the activations that {@link #taps} lists
     */
    Activations classify(NDArray features, Pass pass);

    /** A family of heads, before the number of features, of classes and the weights are known. */
    @FunctionalInterface
    interface Architecture {
        /**
         * Builds a head whose every tensor comes from {@code parameters}, under names that the body does not use.
         *
         * @param features the length of the body's penultimate activation
         * @param classes at least 2
         */
        Head build(int features, int classes, Parameters parameters);
    }
}
