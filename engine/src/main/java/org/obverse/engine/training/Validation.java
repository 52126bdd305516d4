package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;

/** The samples that are held out of a training. */
final class Validation {
    private final Classifier classifier;
    private final Images images;
    private final int[] held;
    private final int batch;
    private final RandomStream random;

    Validation(Classifier classifier, Images images, int[] held, int batch, RandomStream random) {
        this.classifier = classifier;
        this.images = images;
        this.held = held;
        this.batch = batch;
        this.random = random;
    }

    int size() {
        return held.length;
    }

    /** Of the network as it is; there is at least one sample. */
    double accuracy() {
        long correct = 0;
        for (int from = 0; from < held.length; from += batch) {
            int[] indices = Arrays.copyOfRange(held, from, Math.min(held.length, from + batch));
            try (NDScope scope = new NDScope()) {
                NDArray read = images.read(classifier.parameters().manager(), indices);
                long[] classes = IntStream.of(indices).mapToLong(images::label).toArray();
                Pass pass = Pass.evaluation(random.child("validation-noise", from));
                correct += BatchGradients.hits(
                        classifier.forward(read, pass), read.getManager().create(classes));
            }
        }
        return (double) correct / held.length;
    }
}
