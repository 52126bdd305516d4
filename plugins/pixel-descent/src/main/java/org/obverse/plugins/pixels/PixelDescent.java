package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.inversion.LatentDescent.Outcome;
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

    PixelDescent(DescentSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        WhiteBox target = context.target(WhiteBox.class);
        Trail trail = new Trail(start.classes(), images(start), FixedImages::new, settings.steps(), context);
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            long[] wanted = IntStream.of(rows).mapToLong(start.classes()::get).toArray();
            descend(rows, wanted, target, trail, context);
        }
        return trail.candidates();
    }

    private void descend(int[] rows, long[] wanted, WhiteBox target, Trail trail, StageContext context) {
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
                        outcome = outcome(images, wanted, target);
                        total = outcome.losses().sum();
                    }
                    descent.step(gradients.of(total, variables), settings.learningRate());
                    images.clip(-1, 1).copyTo(images);
                    trail.stepped(rows, step, outcome, images);
                }
            }
        }
    }

    private Outcome outcome(NDArray images, long[] wanted, WhiteBox target) {
        Operators operators = resources.operators();
        NDArray logits = operators.cast(target.forward(images).logits(), DataType.FLOAT64);
        NDArray losses = settings.loss().perSample(logits, images.getManager().create(wanted), operators);
        if (settings.totalVariation() > 0) {
            NDArray roughness = operators.cast(TotalVariation.of(images), DataType.FLOAT64);
            losses = losses.add(roughness.mul(settings.totalVariation()));
        }
        return new Outcome(losses, logits);
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
