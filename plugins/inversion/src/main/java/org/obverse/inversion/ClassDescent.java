package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.StageContext;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.LatentDescent.Outcome;

/**
 * The search of PLG-MI (Yuan et al. 2023), which LOKT takes over: Adam on z, with the class fixed, so that augmented views of each image
 * are taken for it, {@code Σ_k ℓ(A_k(G(z, y)), y)}. Nothing holds z, and no discriminator is asked. Confidence and score are those of the
 * first view.
 *
 * @param views augmented views of each image per step
 * @param form the name of the component that searches
 */
public record ClassDescent(
        LatentDescent.Settings descent, int views, Augmentation augmentation, Resources resources, String form) {
    /** Of whom an image is asked; begun when a spent budget leaves the candidates as they are. */
    @FunctionalInterface
    public interface Judge {
        IdentityLoss.Objective begin();
    }

    /**
     * @param start the candidates at {@code points}
     * @param judge what says how far an image is from its class
     */
    public Candidates optimize(Candidates start, ClassPoints points, Judge judge, StageContext context) {
        Trail trail = new Trail(
                start.classes(),
                points.z(),
                z -> new ClassPoints(points.generator(), z, points.conditions(), form),
                descent.steps(),
                context);
        IdentityLoss.Objective identity = judge.begin();
        SearchSteps steps = new SearchSteps(start, context.random());
        List<RandomStream> streams = IntStream.range(0, start.size())
                .mapToObj(row -> start.stream(context.random(), row))
                .toList();
        LatentDescent adam = new LatentDescent(resources.gradients(), resources.training(), descent);
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            adam.descend(
                    trail.start(rows),
                    (z, step) -> {
                        context.checkpoint();
                        List<RandomStream> draws = IntStream.of(rows)
                                .mapToObj(row -> streams.get(row).child("step", step))
                                .toList();
                        return seen(
                                identity,
                                points.rows(rows),
                                z,
                                draws,
                                (seen, view) -> steps.at(step, seen, rows, z, view, DataType.FLOAT64));
                    },
                    (step, outcome, z) -> trail.stepped(rows, step, outcome, z));
        }
        return trail.candidates();
    }

    /**
     * @param some the candidates of the batch
     * @param z where they are
     * @param step that shows such a view of them
     */
    private Outcome seen(
            IdentityLoss.Objective identity,
            ClassPoints some,
            NDArray z,
            List<RandomStream> draws,
            BiFunction<Integer, UnaryOperator<NDArray>, SearchStep> step) {
        int[] conditions = some.wanted();
        UnaryOperator<NDArray> images =
                points -> some.generator().generate(some.generator().locate(points, conditions));
        NDArray whole = images.apply(z);
        NDList losses = new NDList();
        NDList logits = new NDList();
        for (int view = 0; view < views; view++) {
            int number = view;
            List<RandomStream> ofView =
                    draws.stream().map(draw -> draw.child("view", number)).toList();
            Assessment assessed = identity.at(step.apply(
                    number, points -> augmentation.apply(points == z ? whole : images.apply(points), ofView)));
            losses.add(assessed.losses());
            logits.add(assessed.logits());
        }
        return new Outcome(NDArrays.stack(losses).sum(new int[] {0}), logits.head());
    }
}
