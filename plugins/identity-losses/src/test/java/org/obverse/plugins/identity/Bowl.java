package org.obverse.plugins.identity;

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

/**
 * Class 0 is inside the unit circle, class 1 outside: logits {@code scale · (1 − r²)} and 0.
 */
record Bowl(Parameters parameters, double scale) implements Classifier {
    @Override
    public Shape input() {
        return new Shape(1, 1, 2);
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(2)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray points = images.reshape(-1, 2);
        NDArray inside = points.square().sum(new int[] {1}, true).neg().add(1).mul(scale);
        return new Activations(NDArrays.concat(new NDList(inside, inside.mul(0)), 1), Map.of(Tap.PENULTIMATE, points));
    }
}
