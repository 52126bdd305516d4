package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/**
 * Answers to an image, which is the number of its sample, with the logits that a table has for it.
 *
 * @param logits float64 by sample and class
 */
record TableModel(Parameters parameters, List<List<Double>> logits) implements Classifier {
    /** Of two classes, so that the scaled logit of class 0 is what is given. */
    static List<List<Double>> confident(double... scaledLogits) {
        return Arrays.stream(scaledLogits).mapToObj(phi -> List.of(phi, 0.0)).toList();
    }

    @Override
    public Shape input() {
        return new Shape(1);
    }

    @Override
    public int classes() {
        return logits.get(0).size();
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        float[] samples = images.toFloatArray();
        double[] answers = new double[samples.length * classes()];
        for (int i = 0; i < samples.length; i++) {
            for (int k = 0; k < classes(); k++) {
                answers[i * classes() + k] = logits.get((int) samples[i]).get(k);
            }
        }
        return new Activations(images.getManager().create(answers, new Shape(samples.length, classes())), Map.of());
    }
}
