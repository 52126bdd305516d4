package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.SearchSteps;
import org.obverse.inversion.Trail;

/**
 * Gradient descent on the pixels of each candidate (Fredrikson et al. 2015, algorithm 1), {@code x ← clip(x − λ ∇ℓ(x))}
 * to [-1, 1]. The target sees what is searched, without crops and without a prior: what it takes for a class without
 * looking like it is found too.
 */
final class PixelDescent implements Optimizer {
    static final String NAME = "pixel-descent";

    private final DescentSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    PixelDescent(DescentSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        WhiteBox target = context.target(WhiteBox.class);
        Trail trail = new Trail(start.classes(), images(start), FixedImages::new, settings.steps(), context);
        SearchSteps steps = new SearchSteps(start, context.random());
        IdentityLoss.Objective identity = loss.begin(target, context);
        Objective objective = (images, step, rows) -> identity.at(steps.at(step, rows, images, shown -> shown));
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            descend(rows, objective, trail, context);
        }
        return trail.candidates();
    }

    /** What the target says of a batch in a step. */
    private interface Objective {
        Assessment at(NDArray images, int step, int... rows);
    }

    private void descend(int[] rows, Objective objective, Trail trail, StageContext context) {
        Gradients gradients = resources.gradients();
        NDArray images = gradients.variable(trail.start(rows));
        NDList variables = new NDList(images);
        try (ParameterOptimizer descent = resources.training().sgd(variables, 0, 0)) {
            for (int step = 0; step < settings.steps(); step++) {
                context.checkpoint();
                try (NDScope scope = new NDScope()) {
                    Outcome outcome;
                    NDArray total;
                    try (Gradients.Recording recording = gradients.recording()) {
                        outcome = outcome(images, objective.at(images, step, rows));
                        total = outcome.losses().sum();
                    }
                    descent.step(gradients.of(total, variables), settings.learningRate());
                    images.clip(-1, 1).copyTo(images);
                    trail.stepped(rows, step, outcome, images);
                }
            }
        }
    }

    private Outcome outcome(NDArray images, Assessment assessed) {
        Operators operators = resources.operators();
        NDArray losses = assessed.losses();
        if (settings.totalVariation() > 0) {
            NDArray roughness = operators.cast(TotalVariation.of(images), DataType.FLOAT64);
            losses = losses.add(roughness.mul(settings.totalVariation()));
        }
        return new Outcome(losses, assessed.logits());
    }

    private static NDArray images(Candidates start) {
        if (start.representation() instanceof FixedImages fixed) {
            return fixed.images();
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'%s' searches pixels, but the sampler gave '%s'"
                        .formatted(NAME, start.representation().form()),
                "choose the sampler '" + PlainImages.NAME + "'"));
    }
}
