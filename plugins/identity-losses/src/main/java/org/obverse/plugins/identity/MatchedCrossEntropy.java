package org.obverse.plugins.identity;

import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.tensor.Operators;

/**
 * The cross-entropy at a temperature that the attacker measures: {@code CE(z / T, y)} with {@code T = κ · median} of the first logit
 * minus the second one on public images. Negative smoothing lets margins grow for as long as a model is trained, and the plain
 * cross-entropy has no gradient left long before the margin at which such a model knows its own people; divided by their scale,
 * its logits are like any other model's.
 */
final class MatchedCrossEntropy implements IdentityLoss {
    private final Settings settings;
    private final Operators operators;

    MatchedCrossEntropy(Settings settings, Operators operators) {
        this.settings = settings;
        this.operators = operators;
    }

    /** How {@code matched-cross-entropy} finds its temperature. */
    public record Settings(
            @Meaning("the temperature as a share of the median margin on public images, above 0")
            double share,

            @Meaning("number of public images that are asked about, in every unit")
            int images)
            implements Checked {
        static final Settings DEFAULT = new Settings(0.2, 1000);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .positive("share", share)
                    .atLeast(1, PublicSample.KEY, images)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        double temperature = settings.share()
                * PublicMargins.measure(settings.images(), model, context).quantile(0.5);
        return LossOfLogits.crossEntropy(temperature, operators).begin(model, context);
    }
}
