package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.attack.StageContext;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.random.RandomStream;

/** A network of the attacker's own, such as a surrogate, which may be asked anything; what it is asked counts as no query. */
public record PreparedNetwork(Classifier network, RandomStream noise) implements WhiteBox {
    /**
     * @param name of a network that the attack prepared, as {@code Requirements.network} declared
     */
    public static PreparedNetwork of(String name, StageContext context) {
        return new PreparedNetwork(context.network(name), context.random().child("network " + name));
    }

    @Override
    public Activations forward(NDArray images) {
        return network.forward(images, Pass.evaluation(noise));
    }

    @Override
    public List<Tap> taps() {
        return network.taps();
    }

    @Override
    public NDArray logits(NDArray images) {
        return forward(images).logits();
    }

    @Override
    public NDArray logScores(NDArray images) {
        return logits(images).toType(DataType.FLOAT64, false).logSoftmax(1);
    }

    @Override
    public NDArray labels(NDArray images) {
        return logits(images).argMax(1);
    }

    @Override
    public Shape input() {
        return network.input();
    }

    @Override
    public int classes() {
        return network.classes();
    }
}
