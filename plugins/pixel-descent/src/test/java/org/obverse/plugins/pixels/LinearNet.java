package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Workbench;

/** The smallest classifier: logits are a linear function of the pixels, times a gain that makes it as certain as wanted. */
record LinearNet(Shape input, Parameters parameters, NDArray weight, float gain) implements Classifier {
    private static final int CLASSES = 10;

    static LinearNet at(Workbench bench, int side, int seed, float gain) {
        Parameters parameters = bench.parameters(seed);
        NDArray weight = parameters.weight("fc", new Shape(3L * side * side, CLASSES), Initial.normal(0.1));
        return new LinearNet(new Shape(3, side, side), parameters, weight, gain);
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(input.size())));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray pixels = images.reshape(images.getShape().get(0), input.size());
        return new Activations(pixels.matMul(weight).mul(gain), Map.of(Tap.PENULTIMATE, pixels));
    }
}
