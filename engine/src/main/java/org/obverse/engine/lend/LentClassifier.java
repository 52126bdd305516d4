package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/**
 * A finished network that several units use, as one of them is lent it: its parameters are copies, so that what a plugin writes
 * into them, or asks of them for gradients, reaches nobody else.
 *
 * @param manager of the copies
 */
record LentClassifier(Classifier shared, NDManager manager) implements Classifier {
    @Override
    public Shape input() {
        return shared.input();
    }

    @Override
    public int classes() {
        return shared.classes();
    }

    @Override
    public List<Tap> taps() {
        return shared.taps();
    }

    @Override
    public Parameters parameters() {
        Map<String, NDArray> all = shared.parameters().all();
        Set<String> trainable = shared.parameters().trainable().keySet();
        Parameters copies = new Parameters(manager, new Copies(all));
        all.forEach((name, tensor) -> {
            if (trainable.contains(name)) {
                copies.weight(name, tensor.getShape(), Initial.constant(0));
            } else {
                copies.buffer(name, tensor.getShape(), Initial.constant(0));
            }
        });
        return copies;
    }

    @Override
    public boolean isDifferentiable() {
        return shared.isDifferentiable();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        return shared.forward(images, pass);
    }

    private record Copies(Map<String, NDArray> all) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            NDArray copy = Objects.requireNonNull(all.get(name), name).duplicate();
            copy.attach(manager);
            return copy;
        }

        @Override
        public Set<String> names() {
            return all.keySet();
        }
    }
}
