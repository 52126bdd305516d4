package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy.Samples;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.torch.TorchRuntime;

/** What a step of the training goes by: the gradient of a batch's loss, as the defenses change data, loss and gradient. */
record BatchGradients(
        TorchRuntime torch, Classifier classifier, Images images, Augmenter augmenter, Composition composition) {
    /**
     * One gradient, with what it was computed from.
     *
     * @param gradient of the variables, in their order
     * @param loss the mean of the samples
     * @param correct how many samples were classified as they are labelled
     */
    record Step(NDList gradient, double loss, long correct) {}

    /**
     * The gradient of one batch.
     *
     * @param indices of its samples
     * @param variables what is trained
     * @param epochRandom for what is drawn by epoch and sample
     * @param random for what is drawn by step
     */
    Step of(int[] indices, Epoch epoch, NDList variables, RandomStream epochRandom, RandomStream random) {
        NDArray plain = images.read(classifier.parameters().manager(), indices);
        long[] classes = IntStream.of(indices).mapToLong(images::label).toArray();
        NDArray labels = plain.getManager().create(classes, new Shape(classes.length));
        NDArray targets = composition.encode(labels, classifier.classes(), epoch);
        Batch batch =
                composition.change(new Batch(augmenter.augment(plain, indices, epochRandom), targets), epoch, random);
        return composition.samples() == Samples.BATCH
                ? combined(List.of(step(batch, labels, variables, random.child("noise"))), random)
                : combined(samples(batch, labels, variables, random), random);
    }

    private List<Step> samples(Batch batch, NDArray labels, NDList variables, RandomStream random) {
        List<Step> steps = new ArrayList<>();
        for (long i = 0; i < labels.getShape().get(0); i++) {
            String row = i + ":" + (i + 1);
            Batch one = new Batch(batch.images().get(row), batch.targets().get(row));
            steps.add(step(one, labels.get(row), variables, random.child("noise", i)));
        }
        return steps;
    }

    private Step combined(List<Step> steps, RandomStream random) {
        NDList gradient = composition.combine(steps.stream().map(Step::gradient).toList(), random.child("gradient"));
        double loss = 0;
        long correct = 0;
        for (Step step : steps) {
            loss += step.loss() / steps.size();
            correct += step.correct();
        }
        return new Step(gradient, loss, correct);
    }

    private Step step(Batch batch, NDArray labels, NDList variables, RandomStream noise) {
        try (Gradients.Recording recording = torch.gradients().recording()) {
            Activations activations = classifier.forward(batch.images(), Pass.training(noise));
            NDArray loss = composition.loss(batch, activations, labels);
            NDList gradient = torch.gradients().of(loss, variables);
            return new Step(gradient, loss.toType(DataType.FLOAT32, false).getFloat(), hits(activations, labels));
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
