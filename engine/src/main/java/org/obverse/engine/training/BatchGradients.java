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
 * @param beside what appends samples to each batch
 * @param expected how many samples a batch has in expectation
 */
record BatchGradients(
        TorchRuntime torch,
        Classifier classifier,
        Images images,
        Augmenter augmenter,
        Composition composition,
        Optional<Accompaniment> beside,
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
            NDArray plain = read(indices);
            Labelled samples = shown(plain, indices, epoch, epochRandom, random);
            Step step = beside.isEmpty()
                    ? mean(samples, variables, pass)
                    : mean(
                            samples,
                            beside.get().before(plain, samples.labels(), epoch, random.child("companion")),
                            beside.get(),
                            variables,
                            pass);
            return new Step(composition.change(step.gradient(), random.child("gradient")), step.loss(), step.correct());
        }
        OfSamples policy = bounding.get();
        SampleGradients samples = new SampleGradients(torch, classifier, composition, policy);
        Step step = indices.length == 0
                ? new Step(SampleGradients.zeros(variables), 0, 0)
                : samples.sum(shown(read(indices), indices, epoch, epochRandom, random), variables, pass);
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

    private NDArray read(int[] indices) {
        return images.read(classifier.parameters().manager(), indices);
    }

    private Labelled shown(NDArray plain, int[] indices, Epoch epoch, RandomStream epochRandom, RandomStream random) {
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

    /** By one pass over both, so that layers with batch statistics see the mixture. */
    private Step mean(Labelled samples, Batch appended, Accompaniment accompaniment, NDList variables, Pass pass) {
        long own = samples.labels().getShape().get(0);
        try (Gradients.Recording recording = torch.gradients().recording()) {
            NDArray both = samples.batch().images().concat(appended.images(), 0);
            Activations all = classifier.forward(both, pass);
            Activations first = Accompaniment.rows(all, 0, own);
            Activations others = Accompaniment.rows(all, own, both.getShape().get(0));
            NDArray loss = accompaniment.loss(samples, appended, first, others);
            NDList gradient = torch.gradients().of(loss, variables);
            return new Step(gradient, loss.toType(DataType.FLOAT32, false).getFloat(), hits(first, samples.labels()));
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
