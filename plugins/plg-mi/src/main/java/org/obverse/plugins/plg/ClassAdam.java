package org.obverse.plugins.plg;

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
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.SearchSteps;
import org.obverse.inversion.Trail;

/**
 * The search of PLG-MI (Yuan et al. 2023): Adam on z, with the class fixed, so that augmented views of each image are taken for it,
 * {@code Σ_k MM(T(A_k(G(z, y))), y)}. Nothing holds z, and no discriminator is asked. Confidence and score are those of the first view.
 */
final class ClassAdam implements Optimizer, Representation.Opener {
    static final String NAME = "class-adam";

    private final ClassAdamSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    ClassAdam(ClassAdamSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return ClassPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        ClassPoints points = points(start.representation());
        WhiteBox target = context.target(WhiteBox.class);
        Trail trail = new Trail(
                start.classes(),
                points.z(),
                z -> new ClassPoints(points.generator(), z, points.conditions(), NAME),
                settings.steps(),
                context);
        IdentityLoss.Objective identity = loss.begin(target, context);
        SearchSteps steps = new SearchSteps(start, context.random());
        List<RandomStream> streams = IntStream.range(0, start.size())
                .mapToObj(row -> start.stream(context.random(), row))
                .toList();
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            descent.descend(
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
     * @param step that shows the target such a view of them
     */
    private Outcome seen(
            IdentityLoss.Objective identity,
            ClassPoints some,
            NDArray z,
            List<RandomStream> draws,
            BiFunction<Integer, UnaryOperator<NDArray>, SearchStep> step) {
        int[] conditions =
                some.conditions().stream().mapToInt(Integer::intValue).toArray();
        UnaryOperator<NDArray> images =
                points -> some.generator().generate(some.generator().locate(points, conditions));
        NDArray whole = images.apply(z);
        NDList losses = new NDList();
        NDList logits = new NDList();
        for (int view = 0; view < settings.views(); view++) {
            int number = view;
            List<RandomStream> ofView =
                    draws.stream().map(draw -> draw.child("view", number)).toList();
            Assessment assessed = identity.at(step.apply(
                    number,
                    points -> settings.augmentation().apply(points == z ? whole : images.apply(points), ofView)));
            losses.add(assessed.losses());
            logits.add(assessed.logits());
        }
        return new Outcome(NDArrays.stack(losses).sum(new int[] {0}), logits.head());
    }

    private static ClassPoints points(Representation start) {
        if (start instanceof ClassPoints points) {
            return points;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'" + NAME + "' moves points of a conditional generator, each for its class, but the sampler gave '"
                        + start.form() + "'",
                "choose the sampler '" + ClassDraws.NAME + "'"));
    }
}
