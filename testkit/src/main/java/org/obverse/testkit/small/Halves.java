package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** Class 0 is right of the line {@code x = border}, class 1 is left of it, and class 2 is nowhere. */
public record Halves(Parameters parameters, double border) implements Classifier {
    @Override
    public Shape input() {
        return new Shape(1, 1, 2);
    }

    @Override
    public int classes() {
        return 3;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(2)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray points = images.reshape(-1, 2);
        NDArray right = points.get(":,0:1").sub(border);
        NDArray logits =
                NDArrays.concat(new NDList(right, right.neg(), right.mul(0).sub(1000)), 1);
        return new Activations(logits, Map.of(Tap.PENULTIMATE, points));
    }
}
