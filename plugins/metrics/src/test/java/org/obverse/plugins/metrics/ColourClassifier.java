package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/**
 * A linear model of an image's mean colour x, which is its penultimate activation: {@code logits = W x + b}. The image
 * itself is tapped as {@value #IMAGE}.
 *
 * @param weight W, {@code [classes, 3]}
 * @param bias b, {@code [classes]}
 */
record ColourClassifier(Shape input, int classes, Parameters parameters, NDArray weight, NDArray bias)
        implements Classifier {
    static final String IMAGE = "image";

    /** With weights to be learnt. */
    static final ClassifierArchitecture ARCHITECTURE = (input, classes, parameters) -> new ColourClassifier(
            input,
            classes,
            parameters,
            parameters.weight("weight", new Shape(classes, 3), Initial.normal(0.01)),
            parameters.weight("bias", new Shape(classes), Initial.constant(0)));

    /** With the logit {@code sharpness * x_c} for class c, so that red is class 0, green 1 and blue 2. */
    static ColourClassifier primary(Shape input, double sharpness, Parameters parameters) {
        return new ColourClassifier(
                input,
                3,
                parameters,
                parameters.weight("weight", new Shape(3, 3), (shape, stream) -> diagonal((float) sharpness)),
                parameters.weight("bias", new Shape(3), Initial.constant(0)));
    }

    /** The same, with a number added to the logit of green. */
    ColourClassifier liking(float green) {
        return new ColourClassifier(
                input, classes, parameters, weight, bias.add(bias.getManager().create(new float[] {0, green, 0})));
    }

    private static float[] diagonal(float value) {
        return new float[] {value, 0, 0, 0, value, 0, 0, 0, value};
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(IMAGE, input), new Tap(Tap.PENULTIMATE, new Shape(3)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray colour = images.reshape(images.getShape().get(0), 3, -1).mean(new int[] {2});
        return new Activations(
                colour.matMul(weight.transpose()).add(bias), Map.of(IMAGE, images, Tap.PENULTIMATE, colour));
    }
}
