package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
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

    VariationalAdam(VariationalSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
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
        int together = Math.max(1, context.batch() / settings.draws());
        for (int from = 0; from < start.size(); from += together) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + together))
                    .toArray();
            Objective objective = new Objective(posteriors.rows(rows), target, start, context, rows);
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
        private final WhiteBox target;
        private final FramedImages images;
        private final long[] wanted;
        private final List<RandomStream> streams = new ArrayList<>();
        private double[] divergence = {};

        private Objective(Posteriors posteriors, WhiteBox target, Candidates start, StageContext context, int[] rows) {
            this.posteriors = posteriors;
            this.target = target;
            this.images = FramedImages.of(posteriors.generator(), settings.framing(), target.input());
            this.wanted = IntStream.of(rows)
                    .mapToLong(start.classes()::get)
                    .flatMap(ofRow -> LongStream.generate(() -> ofRow).limit(settings.draws()))
                    .toArray();
            for (int row : rows) {
                streams.add(start.stream(context.random(), row));
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
            NDArray visible = images.framed().apply(images.generate().apply(drawn.points()));
            NDArray logits = resources.operators().cast(target.forward(visible).logits(), DataType.FLOAT64);
            NDArray losses =
                    settings.loss().perSample(logits, parameters.getManager().create(wanted), resources.operators());
            Shape each = new Shape(streams.size(), settings.draws());
            NDArray distance = resources.operators().cast(drawn.divergence(), DataType.FLOAT64);
            divergence = distance.stopGradient().toDoubleArray();
            return new Outcome(
                    losses.reshape(each).mean(DRAWS).add(distance.mul(settings.divergence())),
                    confidence(logits.reshape(each.addAll(new Shape(target.classes())))));
        }

        /** The logarithms of the mean confidences, {@code [N, classes]}: logits of themselves. */
        private NDArray confidence(NDArray logits) {
            NDArray logs = logits.stopGradient().logSoftmax(2);
            NDArray largest = logs.max(DRAWS, true);
            return logs.sub(largest).exp().mean(DRAWS).log().add(largest.get(new NDIndex(":,0")));
        }
    }
}
