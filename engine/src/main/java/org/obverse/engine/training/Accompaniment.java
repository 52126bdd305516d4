package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.network.Activations;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.training.BatchGradients.Labelled;

/**
 * A companion at work beside a training.
 *
 * @param classes of the target
 */
record Accompaniment(
        Companion companion,
        Companion.Session session,
        CompanionLoan loan,
        Augmenter augmenter,
        Composition composition,
        int classes) {
    /** Begins. */
    static Accompaniment begin(Companion companion, CompanionLoan loan, Composition composition) {
        return new Accompaniment(
                companion,
                loan.begin(companion),
                loan,
                new Augmenter(loan.recipe().augmentation()),
                composition,
                loan.target().classes());
    }

    private record Moment(
            NDArray images,
            NDArray labels,
            Epoch epoch,
            RandomStream random,
            Augmenter augmenter,
            Composition composition,
            int classes)
            implements Companion.Step {
        @Override
        public NDArray encode(NDArray others) {
            return composition.encode(others, classes, epoch);
        }

        @Override
        public NDArray augment(NDArray others, RandomStream draws) {
            return augmenter.augment(others, rows(others), draws);
        }
    }

    /**
     * Lets it learn.
     *
     * @param images as the data has them
     * @param random of this step and of the companion alone
     * @return what is appended, as the target is shown it
     */
    Batch before(NDArray images, NDArray labels, Epoch epoch, RandomStream random) {
        Batch plain =
                session.before(new Moment(images, labels, epoch, random.child("own"), augmenter, composition, classes));
        NDArray seen = augmenter.augment(plain.images(), rows(plain.images()), random);
        return composition.change(new Batch(seen, plain.targets()), epoch, random);
    }

    private static int[] rows(NDArray images) {
        return IntStream.range(0, Math.toIntExact(images.getShape().get(0))).toArray();
    }

    /**
     * {@code (1 - β)} times the objective of the batch, plus β times the cross-entropy of what is appended.
     *
     * @param own of the batch's rows
     */
    NDArray loss(Labelled samples, Batch appended, Activations own, Activations others) {
        double beta = companion.weight();
        return composition
                .loss(samples.batch(), own, samples.labels())
                .mul(1 - beta)
                .add(composition.crossEntropy(appended.targets(), others).mul(beta));
    }

    /** The activations of some rows. */
    static Activations rows(Activations all, long from, long to) {
        String rows = from + ":" + to;
        Map<String, NDArray> taps = new LinkedHashMap<>();
        all.taps().forEach((name, tap) -> taps.put(name, tap.get(rows)));
        return new Activations(all.logits().get(rows), taps);
    }
}
