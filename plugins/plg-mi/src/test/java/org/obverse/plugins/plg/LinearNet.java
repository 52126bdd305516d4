package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** Logits that are a linear function of the pixels: {@code weight} is {@code [pixels, classes]}. */
record LinearNet(Shape input, Parameters parameters, NDArray weight) implements Classifier {
    @Override
    public int classes() {
        return Math.toIntExact(weight.getShape().get(1));
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(input.size())));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray pixels = images.reshape(-1, input.size());
        return new Activations(pixels.matMul(weight), Map.of(Tap.PENULTIMATE, pixels));
    }
}
