package org.obverse.api.network;

import ai.djl.ndarray.NDArray;

/** A classifier that can be cut before its head, so that a defense can put something in between. */
public interface Headed extends Classifier {
    /** Everything up to the penultimate activation; the logits of the result are those of the uncut network. */
    @Override
    Activations forward(NDArray images, Pass pass);

    /** The same body under another head; the old head's parameters are gone from the result's. */
    Classifier withHead(Head head);

    /** What turns penultimate activations {@code [N, features]} into logits {@code [N, classes]}. */
    interface Head {
        Activations classify(NDArray features, Pass pass);

        /** Activations of the head itself, beside the body's. */
        java.util.List<Tap> taps();
    }
}
