package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.Trail;

/**
 * The search of VMI (Wang et al. 2021, equation 6): Adam on the parameters of each distribution, so that what is drawn from it is
 * taken for its class and it stays near the prior, {@code E ℓ(T(G(z)), y) + γ KL(q ‖ p)}. Both are estimated from the draws of a
 * step.
 *
 * <p>A candidate's score is the logarithm of the mean confidence in the draws of the last step.
 */
final class VariationalAdam implements Optimizer, Preflight {
    static final String NAME = "variational-adam";

    private static final int[] DRAWS = {1};

    private final VariationalSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    VariationalAdam(VariationalSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        Posteriors posteriors = Posteriors.of(start.representation(), NAME);
        WhiteBox target = context.target(WhiteBox.class);
        Trail trail = new Trail(start.classes(), posteriors.parameters(), posteriors::with, settings.steps(), context);
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        IdentityLoss.Objective identity = loss.begin(target, context);
        int together = Math.max(1, context.batch() / settings.draws());
        for (int from = 0; from < start.size(); from += together) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + together))
                    .toArray();
            Objective objective = new Objective(posteriors.rows(rows), identity, target, start, context, rows);
            descent.descend(
                    trail.start(rows),
                    (parameters, step) -> {
                        context.checkpoint();
                        return objective.at(parameters, step);
                    },
                    (step, outcome, parameters) -> {
                        trail.stepped(rows, step, outcome, parameters);
                        trail.noted("divergence", rows, step, objective.divergence);
                    });
        }
        return trail.candidates();
    }

    /** What a step of one batch minimises. */
    private final class Objective {
        private final Posteriors posteriors;
        private final IdentityLoss.Objective identity;
        private final FramedImages images;
        private final int classes;
        private final List<Candidate> wanted = new ArrayList<>();
        private final List<RandomStream> streams = new ArrayList<>();
        private double[] divergence = {};

        private Objective(
                Posteriors posteriors,
                IdentityLoss.Objective identity,
                WhiteBox target,
                Candidates start,
                StageContext context,
                int[] rows) {
            this.posteriors = posteriors;
            this.identity = identity;
            this.classes = target.classes();
            this.images = FramedImages.of(posteriors.generator(), settings.framing(), target.input());
            for (int row : rows) {
                RandomStream stream = start.stream(context.random(), row);
                streams.add(stream);
                for (int draw = 0; draw < settings.draws(); draw++) {
                    wanted.add(new Candidate(
                            row * settings.draws() + draw, start.classes().get(row), stream.child("loss", draw)));
                }
            }
        }

        Outcome at(NDArray parameters, int step) {
            Posteriors.Drawn drawn = posteriors
                    .with(parameters)
                    .draws(
                            settings.draws(),
                            streams.stream()
                                    .map(stream -> stream.child("step", step))
                                    .toList());
            Assessment assessed = identity.at(new SearchStep(
                    step,
                    wanted.stream()
                            .map(candidate -> new Candidate(
                                    candidate.row(),
                                    candidate.targetClass(),
                                    candidate.random().child("step", step)))
                            .toList(),
                    drawn.points(),
                    points -> images.framed().apply(images.generate().apply(points)),
                    DataType.FLOAT64));
            NDArray logits = resources.operators().cast(assessed.logits(), DataType.FLOAT64);
            Shape each = new Shape(streams.size(), settings.draws());
            NDArray distance = resources.operators().cast(drawn.divergence(), DataType.FLOAT64);
            divergence = distance.stopGradient().toDoubleArray();
            return new Outcome(
                    assessed.losses().reshape(each).mean(DRAWS).add(distance.mul(settings.divergence())),
                    confidence(logits.reshape(each.addAll(new Shape(classes)))));
        }

        /** The logarithms of the mean confidences, {@code [N, classes]}: logits of themselves. */
        private NDArray confidence(NDArray logits) {
            NDArray logs = logits.stopGradient().logSoftmax(2);
            NDArray largest = logs.max(DRAWS, true);
            return logs.sub(largest).exp().mean(DRAWS).log().add(largest.get(new NDIndex(":,0")));
        }
    }
}
