package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy.OfSamples;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.torch.TorchRuntime;

/**
 * What a step of the training goes by: the gradient of a batch's loss, as the defenses change data, loss and gradient.
 *
 * @param expected how many samples a batch has in expectation
 */
record BatchGradients(
        TorchRuntime torch,
        Classifier classifier,
        Images images,
        Augmenter augmenter,
        Composition composition,
        double expected) {
    /**
     * One gradient, with what it was computed from.
     *
     * @param gradient of the variables, in their order
     * @param loss the mean of the samples; 0 of none
     * @param correct how many samples were classified as they are labelled
     */
    record Step(NDList gradient, double loss, long correct) {}

    /**
     * The gradient of one batch.
     *
     * @param indices of its samples; none only under a policy that bounds samples
     * @param variables what is trained
     * @param epochRandom for what is drawn by epoch and sample
     * @param random for what is drawn by step
     */
    Step of(int[] indices, Epoch epoch, NDList variables, RandomStream epochRandom, RandomStream random) {
        Optional<OfSamples> bounding = composition.bounding();
        Pass pass = Pass.training(random.child("noise")).after(epoch.progress());
        if (bounding.isEmpty()) {
            Step step = mean(read(indices, epoch, epochRandom, random), variables, pass);
            return new Step(composition.change(step.gradient(), random.child("gradient")), step.loss(), step.correct());
        }
        OfSamples policy = bounding.get();
        SampleGradients samples = new SampleGradients(torch, classifier, composition, policy);
        Step step = indices.length == 0
                ? new Step(SampleGradients.zeros(variables), 0, 0)
                : samples.sum(read(indices, epoch, epochRandom, random), variables, pass);
        return new Step(
                policy.combine(step.gradient(), expected, random.child("gradient")), step.loss(), step.correct());
    }

    /**
     * Samples as the network is shown them.
     *
     * @param labels int64 {@code [N]}
     */
    record Labelled(Batch batch, NDArray labels) {
        Labelled row(long i) {
            String row = i + ":" + (i + 1);
            return new Labelled(
                    new Batch(batch.images().get(row), batch.targets().get(row)), labels.get(row));
        }
    }

    private Labelled read(int[] indices, Epoch epoch, RandomStream epochRandom, RandomStream random) {
        NDArray plain = images.read(classifier.parameters().manager(), indices);
        long[] classes = IntStream.of(indices).mapToLong(images::label).toArray();
        NDArray labels = plain.getManager().create(classes, new Shape(classes.length));
        NDArray targets = composition.targets(indices, labels, classifier.classes(), epoch);
        Batch batch = new Batch(augmenter.augment(plain, indices, epochRandom), targets);
        return new Labelled(composition.change(batch, epoch, random), labels);
    }

    private Step mean(Labelled samples, NDList variables, Pass pass) {
        try (Gradients.Recording recording = torch.gradients().recording()) {
            Activations activations = classifier.forward(samples.batch().images(), pass);
            NDArray loss = composition.loss(samples.batch(), activations, samples.labels());
            NDList gradient = torch.gradients().of(loss, variables);
            return new Step(
                    gradient, loss.toType(DataType.FLOAT32, false).getFloat(), hits(activations, samples.labels()));
        }
    }

    /** How many samples are classified as they are labelled. */
    static long hits(Activations activations, NDArray labels) {
        return activations
                .logits()
                .argMax(1)
                .eq(labels)
                .toType(DataType.INT64, false)
                .sum()
                .getLong();
    }
}
