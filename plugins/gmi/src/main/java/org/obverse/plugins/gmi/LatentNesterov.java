package org.obverse.plugins.gmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.PriorPoints;
import org.obverse.inversion.SearchSteps;
import org.obverse.inversion.Trail;

/**
 * The search of GMI (Zhang et al. 2020, section 3.3, with the constants of the published code): with {@code L(z) = λ_i
 * CE(T(G(z)), y) - D(G(z))},
 *
 * <pre>{@code
 * v' = μ v - η ∇L(z)
 * z' = clamp(z + (1 + μ) v' - μ v, -1, 1)
 * }</pre>
 *
 * <p>from {@code v = 0}. The clamp holds the position and leaves the velocity, so a coordinate can stay at the wall for some
 * steps, as published. All of a target's logits are taken to float64: in float32 the gradient of cross-entropy dies where the
 * target is sure, and the critic would drive z alone. Candidates influence one another only under {@code reduction: mean}.
 */
final class LatentNesterov implements Optimizer, Representation.Opener {
    static final String NAME = "latent-nesterov";

    /** The curve of what the critic says. */
    static final String REALNESS = "realness";

    private final NesterovSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    LatentNesterov(NesterovSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        return new Search(start, context).run();
    }

    /** One call. */
    private final class Search {
        private final Candidates start;
        private final StageContext context;
        private final Generator generator;
        private final IdentityLoss.Objective identity;
        private final SearchSteps steps;
        private final Trail trail;

        private Search(Candidates start, StageContext context) {
            this.start = start;
            this.context = context;
            PriorPoints points = PriorPoints.of(start.representation(), context, NAME, PriorDraws.NAME);
            this.generator = points.generator();
            this.trail = new Trail(
                    start.classes(),
                    points.z(),
                    z -> new PriorPoints(generator, z, NAME),
                    settings.iterations(),
                    context);
            this.identity = loss.begin(context.target(WhiteBox.class), context);
            this.steps = new SearchSteps(start, context.random());
        }

        Candidates run() {
            for (int from = 0; from < start.size(); from += context.batch()) {
                descend(IntStream.range(from, Math.min(start.size(), from + context.batch()))
                        .toArray());
            }
            return trail.candidates();
        }

        private void descend(int... rows) {
            NDArray z = resources.gradients().variable(trail.start(rows));
            NDArray v = z.zerosLike();
            for (int step = 0; step < settings.iterations(); step++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    step(z, v, step, rows);
                }
            }
            v.close();
        }

        private void step(NDArray z, NDArray v, int step, int... rows) {
            Seen seen = see(z, step, rows);
            NDArray next = v.mul(settings.momentum()).sub(seen.gradient().mul(settings.learningRate()));
            NDArray moved = z.add(next.mul(1 + settings.momentum())).sub(v.mul(settings.momentum()));
            overwrite(z, moved.clip(-settings.range(), settings.range()));
            overwrite(v, next);
            seen.realness().ifPresent(realness -> trail.noted(REALNESS, rows, step, realness.toDoubleArray()));
            trail.stepped(rows, step, seen.outcome(), z);
        }

        private Seen see(NDArray z, int number, int... rows) {
            Gradients gradients = resources.gradients();
            try (Gradients.Recording recording = gradients.recording()) {
                SearchStep step = steps.at(number, rows, z, points -> generator.generate(generator.locate(points)));
                Assessment assessed = identity.at(step);
                NDArray losses = assessed.losses().mul(settings.identity());
                Optional<NDArray> realness = settings.judgesRealism()
                        ? Optional.of(typed(((Criticized) generator).realness(step.images())))
                        : Optional.empty();
                if (realness.isPresent()) {
                    losses = losses.sub(realness.get().mul(settings.realism()));
                }
                NDArray total = settings.reduction().of(losses, settings.meanOver());
                NDArray gradient = gradients.of(total, new NDList(z)).head();
                return new Seen(new Outcome(losses, assessed.logits()), realness, gradient);
            }
        }

        private NDArray typed(NDArray x) {
            return resources.operators().cast(x, DataType.FLOAT64);
        }
    }

    private static void overwrite(NDArray array, NDArray values) {
        array.set(new NDIndex("..."), values);
    }

    /** What target and critic say of one step's points. */
    private record Seen(Outcome outcome, Optional<NDArray> realness, NDArray gradient) {}
}
