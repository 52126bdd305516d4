package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Head;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;

/** One linear layer, {@code fc}. */
record LinearHead(Layer linear) implements Head {
    static Head.Architecture architecture(Operators operators) {
        return (features, classes, parameters) ->
                new LinearHead(Linear.of(Namespace.root(parameters, operators).in("fc"), features, classes));
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations classify(NDArray features, Pass pass) {
        return new Activations(linear.apply(features, pass), Map.of());
    }
}
