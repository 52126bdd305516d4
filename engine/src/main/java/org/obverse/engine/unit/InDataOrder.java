package org.obverse.engine.unit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A network that counts the classes in another order than the data, as one that counts them in the data's. */
final class InDataOrder implements Classifier {
    private final Classifier network;
    private final NDArray order;

    /**
     * @param labels of the data in the order of the network's outputs, each once
     * @param manager of what the classifier keeps
     */
    InDataOrder(Classifier network, List<Integer> labels, NDManager manager) {
        this.network = network;
        float[] ones = new float[labels.size() * labels.size()];
        for (int output = 0; output < labels.size(); output++) {
            ones[output * labels.size() + labels.get(output)] = 1;
        }
        this.order = manager.create(ones, new Shape(labels.size(), labels.size()));
    }

    @Override
    public Shape input() {
        return network.input();
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public List<Tap> taps() {
        return network.taps();
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public boolean isDifferentiable() {
        return network.isDifferentiable();
    }

    /** A product with ones and zeros: the same logits, to the bit, as long as they are finite. */
    @Override
    public Activations forward(NDArray images, Pass pass) {
        Activations own = network.forward(images, pass);
        return new Activations(own.logits().matMul(order), own.taps());
    }
}
