package org.obverse.testkit.small;

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

/**
 * Logits that are a linear function of the pixels, which are the penultimate activation as well.
 *
 * @param weight {@code [pixels, classes]}
 * @param gain that the logits are multiplied by, so that it is as certain as wanted
 */
public record LinearNet(Shape input, Parameters parameters, NDArray weight, float gain) implements Classifier {
    private static final int CLASSES = 10;

    public LinearNet(Shape input, Parameters parameters, NDArray weight) {
        this(input, parameters, weight, 1);
    }

    /** Of ten classes and pictures of three channels. */
    public static LinearNet at(Workbench bench, int side, int seed, float gain) {
        Parameters parameters = bench.parameters(seed);
        NDArray weight = parameters.weight("fc", new Shape(3L * side * side, CLASSES), Initial.normal(0.1));
        return new LinearNet(new Shape(3, side, side), parameters, weight, gain);
    }

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
        NDArray pixels = images.reshape(images.getShape().get(0), input.size());
        return new Activations(pixels.matMul(weight).mul(gain), Map.of(Tap.PENULTIMATE, pixels));
    }
}
