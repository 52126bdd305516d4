package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A program as a classifier of the data's images. It has no taps, and the same answers whatever the pass. */
record TorchScriptClassifier(Program program, Parameters parameters, boolean isDifferentiable) implements Classifier {
    @Override
    public Shape input() {
        return program.input();
    }

    @Override
    public int classes() {
        return program.classes();
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        return new Activations(program.logits(images), Map.of());
    }
}
