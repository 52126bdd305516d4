package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
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
 * The search of KED-MI (Chen et al. 2021): Adam on mean and log-variance of each candidate, so that what is
 * drawn is taken for its class and looks real to the inversion GAN's discriminator,
 * {@code softplus(s) - s + 100 CE(T(G(z)), y)} with {@code s} the log-sum-exp of the discriminator's logits.
 *
 * <p>Each candidate's loss is its own and their sum is differentiated, in float64 as far as the target is concerned;
 * only Adam's epsilon tells that from the published mean. The discriminator compares the images of a batch, so with {@code
 * realism} above 0 the candidates of a unit influence one another. The published code also clamps z after the step, where
 * nothing uses it any more; that is left out.
 */
final class GaussianAdam implements Optimizer, Representation.Opener {
    static final String NAME = "gaussian-adam";

    private final GaussianSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    GaussianAdam(GaussianSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return Gaussians.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        Gaussians gaussians = Gaussians.of(start.representation(), NAME);
        WhiteBox target = context.target(WhiteBox.class);
        Trail trail = new Trail(
                start.classes(),
                gaussians.distributions(),
                latents -> new Gaussians(gaussians.generator(), latents, NAME),
                settings.steps(),
                context);
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        Objective objective = new Objective(gaussians.generator(), target, start, context);
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            descent.descend(
                    trail.start(rows),
                    (distributions, step) -> {
                        context.checkpoint();
                        return objective.at(distributions, rows, step);
                    },
                    (step, outcome, distributions) -> trail.stepped(rows, step, outcome, distributions));
        }
        return trail.candidates();
    }

    /** What a step minimises. */
    private final class Objective {
        private final Generator generator;
        private final List<Classifier> judges = new ArrayList<>();
        private final IdentityLoss.Objective identity;
        private final SearchSteps steps;
        private final List<RandomStream> streams = new ArrayList<>();
        private final Pass pass;

        private Objective(Generator generator, WhiteBox target, Candidates start, StageContext context) {
            this.generator = generator;
            this.identity = loss.begin(target, context);
            this.steps = new SearchSteps(start, context.random());
            this.pass = Pass.evaluation(context.random().child("discriminator"));
            if (settings.judgesRealism()) {
                judges.add(judge(context, target));
            }
            for (int i = 0; i < start.size(); i++) {
                streams.add(start.stream(context.random(), i));
            }
        }

        Outcome at(NDArray distributions, int[] rows, int step) {
            List<RandomStream> draws = IntStream.of(rows)
                    .mapToObj(row -> streams.get(row).child("step", step))
                    .toList();
            NDArray noise = Gaussians.noise(distributions.getManager(), draws, generator.latentSize());
            SearchStep seen = steps.at(
                    step,
                    rows,
                    distributions,
                    points -> generator.generate(generator.locate(Gaussians.z(points, noise))));
            Assessment assessed = identity.at(seen);
            NDArray losses = assessed.losses().mul(settings.identity());
            for (Classifier judge : judges) {
                losses = losses.add(unreal(judge, seen.images()));
            }
            return new Outcome(losses, assessed.logits());
        }

        private NDArray unreal(Classifier judge, NDArray images) {
            NDArray realness = Losses.realness(judge.forward(images, pass).logits());
            NDArray unreal = resources.operators().softplus(realness.neg()).mul(settings.realism());
            return resources.operators().cast(unreal, DataType.FLOAT64);
        }
    }

    private static Classifier judge(StageContext context, WhiteBox target) {
        Classifier judge = context.network(InversionGan.DISCRIMINATOR);
        if (judge.classes() != target.classes()) {
            throw new InvalidConfigurationException(new Problem(
                    "realism",
                    "the discriminator knows " + judge.classes() + " classes and the target has " + target.classes(),
                    "prepare the GAN against this target"));
        }
        return judge;
    }
}
