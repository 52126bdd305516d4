package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;

/**
 * Looks for the class in the features instead of the logits: {@code 1 − cos(f − f̄, w_y − w̄) + λ (‖f‖/ρ − 1)²} with f the penultimate
 * activation, f̄ its mean over public images, ρ the length that nine tenths of these do not exceed, w_k the derivative of logit k
 * with respect to f (a row of a linear head) and w̄ their mean. Where class means lie along the head's centred rows, as in neural
 * collapse (Papyan et al., PNAS 2020), the features of the class are known without its data. No softmax is asked. Readying it shows
 * the model a grey image per class beside the public ones.
 */
final class HeadGeometry implements IdentityLoss {
    private static final double LEAST_SQUARE = 1e-24;

    private final Settings settings;
    private final Resources resources;

    HeadGeometry(Settings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    /** What {@code head-geometry} adds to the angle, and what it measures. */
    public record Settings(
            @Meaning("weight of the features' usual length, 0 or more; with 0 the angle alone counts")
            double length,

            @Meaning("number of public images whose features are measured, in every unit")
            int images)
            implements Checked {
        static final Settings DEFAULT = new Settings(0.1, 1000);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .notNegative("length", length)
                    .atLeast(1, PublicSample.KEY, images)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        Features known = Features.measure(settings.images(), model, context);
        NDArray rows = rows(model, context);
        NDArray directions = normalized(rows.sub(rows.mean(new int[] {0}, true)));
        double usual = known.usualNorm();
        return step -> {
            Activations said = model.forward(step.images());
            NDArray features = resources.operators().cast(said.tap(Tap.PENULTIMATE), step.precision());
            NDArray wanted = directions.get(step.targets()).toType(step.precision(), false);
            NDArray cosines = normalized(features.sub(known.mean().toType(step.precision(), false)))
                    .mul(wanted)
                    .sum(new int[] {1});
            NDArray excess = lengths(features).squeeze(1).div(usual).sub(1);
            return new Assessment(cosines.neg().add(1).add(excess.square().mul(settings.length())), said.logits());
        };
    }

    /**
     * The derivative of every logit with respect to the penultimate activation, {@code [classes, features]}. One image per class is
     * shown, so that one backward pass gives a row each.
     */
    private NDArray rows(WhiteBox model, StageContext context) {
        Gradients gradients = resources.gradients();
        NDList parts = new NDList();
        for (int from = 0; from < model.classes(); from += context.batch()) {
            context.checkpoint();
            int count = Math.min(context.batch(), model.classes() - from);
            try (NDScope scope = new NDScope();
                    Gradients.Recording recording = gradients.recording()) {
                NDArray blank = gradients.variable(
                        context.manager().zeros(new Shape(count).addAll(model.input()), DataType.FLOAT32));
                Activations said = model.forward(blank);
                long[] classes = new long[count];
                for (int i = 0; i < count; i++) {
                    classes[i] = (long) from + i;
                }
                NDArray own = said.logits()
                        .mul(context.manager().create(classes).oneHot(model.classes(), DataType.FLOAT32))
                        .sum();
                NDArray part = gradients
                        .of(own, new NDList(said.tap(Tap.PENULTIMATE)))
                        .head()
                        .toType(DataType.FLOAT64, false);
                NDScope.unregister(part);
                parts.add(part);
            }
        }
        NDArray rows = NDArrays.concat(parts);
        parts.close();
        if (lengths(rows).min().getDouble() <= Math.sqrt(2 * LEAST_SQUARE)) {
            throw new InvalidConfigurationException(new Problem(
                    "loss",
                    "head-geometry finds a class whose logit does not depend on the penultimate activation",
                    "use another loss against this target"));
        }
        return rows;
    }

    private static NDArray lengths(NDArray rows) {
        return rows.square().sum(new int[] {1}, true).add(LEAST_SQUARE).sqrt();
    }

    private static NDArray normalized(NDArray rows) {
        return rows.div(lengths(rows));
    }
}
