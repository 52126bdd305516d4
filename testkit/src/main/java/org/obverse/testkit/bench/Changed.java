package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A classifier with other logits. */
record Changed(Classifier right, UnaryOperator<NDArray> change) implements Classifier {
    @Override
    public Shape input() {
        return right.input();
    }

    @Override
    public int classes() {
        return right.classes();
    }

    @Override
    public List<Tap> taps() {
        return right.taps();
    }

    @Override
    public Parameters parameters() {
        return right.parameters();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        Activations answers = right.forward(images, pass);
        return new Activations(change.apply(answers.logits()), answers.taps());
    }
}
