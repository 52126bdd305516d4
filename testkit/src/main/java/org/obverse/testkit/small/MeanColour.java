package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** Three classes, whose logits are how red, green and blue an image is, times a gain. */
public record MeanColour(Parameters parameters, double gain) implements Classifier {
    @Override
    public Shape input() {
        return new Shape(3, 16, 16);
    }

    @Override
    public int classes() {
        return 3;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(3)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray means = images.mean(new int[] {3}).mean(new int[] {2});
        return new Activations(means.mul(gain), Map.of(Tap.PENULTIMATE, means));
    }
}
