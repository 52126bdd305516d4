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
 * Answers to a picture of two pixels, the number of its sample and −1, with the logits that a table has for it.
 *
 * @param logits float64 by sample and class
 * @param mirrored likewise, of pictures whose pixels are exchanged
 */
record TableModel(Parameters parameters, List<List<Double>> logits, List<List<Double>> mirrored) implements Classifier {
    TableModel(Parameters parameters, List<List<Double>> logits) {
        this(parameters, logits, logits);
    }

    /** Of two classes, so that the scaled logit of class 0 is what is given. */
    static List<List<Double>> confident(double... scaledLogits) {
        return Arrays.stream(scaledLogits).mapToObj(phi -> List.of(phi, 0.0)).toList();
    }

    @Override
    public Shape input() {
        return new Shape(1, 1, 2);
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
        float[] pixels = images.toFloatArray();
        int count = pixels.length / 2;
        double[] answers = new double[count * classes()];
        for (int i = 0; i < count; i++) {
            float left = pixels[2 * i];
            float right = pixels[2 * i + 1];
            List<Double> row = left < right ? mirrored.get((int) right) : logits.get((int) left);
            for (int k = 0; k < classes(); k++) {
                answers[i * classes() + k] = row.get(k);
            }
        }
        return new Activations(images.getManager().create(answers, new Shape(count, classes())), Map.of());
    }
}
