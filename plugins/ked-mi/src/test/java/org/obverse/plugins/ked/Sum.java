package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A discriminator that finds bright images real, and brighter ones than the batch's mean still more. */
record Sum(Shape input, int classes, Parameters parameters, double coupling) implements Classifier {
    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(input.size())));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray pixels = images.reshape(-1, input.size());
        NDArray sum = pixels.sum(new int[] {1}, true);
        NDArray bright = sum.add(sum.sub(sum.mean()).mul((float) coupling)).mul(0.01f);
        return new Activations(bright.repeat(1, classes), Map.of(Tap.PENULTIMATE, pixels));
    }
}
