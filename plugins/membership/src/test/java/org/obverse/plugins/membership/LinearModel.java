package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Workbench;

/** {@code z = W x + b}. */
record LinearModel(Parameters parameters, NDArray weight, NDArray bias) implements Classifier {
    static LinearModel of(Workbench bench, float[][] weight, float... bias) {
        return new LinearModel(
                bench.parameters(1),
                bench.manager().create(weight),
                bench.manager().create(bias));
    }

    @Override
    public Shape input() {
        return new Shape(weight.getShape().get(1));
    }

    @Override
    public int classes() {
        return Math.toIntExact(weight.getShape().get(0));
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        return new Activations(images.matMul(weight.transpose()).add(bias), Map.of());
    }
}
