package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Head;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;

/** One linear layer. */
record LinearHead(Layer linear) implements Head {
    /** A linear head with torch's initial values, under a name. */
    record Plan(String name) implements Design.HeadPlan {
        @Override
        public Head head(Namespace root, int features, int classes) {
            return new LinearHead(Linear.of(root.in(name), features, classes));
        }
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
