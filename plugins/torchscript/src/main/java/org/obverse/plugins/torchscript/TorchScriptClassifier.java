package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.network.Tap;

/** A program as a classifier of the data's images. It has no taps, and the same answers whatever the pass. */
record TorchScriptClassifier(
        TorchScriptConfiguration settings,
        Shape input,
        int classes,
        Parameters parameters,
        Normalisation normalisation,
        ScriptedModule program)
        implements Classifier {
    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        return new Activations(outputs(images).get(settings.output()), Map.of());
    }

    /** Everything that the program returns. */
    NDList outputs(NDArray images) {
        return program.forward(new NDList(normalisation.apply(images)));
    }
}
