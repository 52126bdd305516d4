package org.obverse.plugins.dpsgd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;

/** One linear layer from as many features to as many classes, applied to what it gave. */
record TwiceApplied(Operators operators) implements ClassifierArchitecture {
    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        return new Built(
                input,
                classes,
                parameters,
                Linear.of(Namespace.root(parameters, operators).in("fc"), classes, classes));
    }

    private record Built(Shape input, int classes, Parameters parameters, Layer layer) implements Classifier {
        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, input));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray once = layer.apply(images, pass);
            return new Activations(layer.apply(once, pass), Map.of(Tap.PENULTIMATE, once));
        }
    }
}
