package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
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
 * Stops at a margin that is usual for the model instead of running away: with m the class's logit minus the strongest other one and
 * M a quantile of the margins on public images, in units of M, {@code (m/M − 1)²} or {@code max(0, 1 − m/M)}.
 */
final class MarginMatching implements IdentityLoss {
    private final Settings settings;
    private final Operators operators;

    MarginMatching(Settings settings, Operators operators) {
        this.settings = settings;
        this.operators = operators;
    }

    /** What becomes of the distance from the usual margin. */
    enum Form {
        /** Too sure counts like not sure enough. */
        SQUARE {
            @Override
            NDArray of(NDArray missing) {
                return missing.square();
            }
        },
        /** Surer than usual costs nothing. */
        HINGE {
            @Override
            NDArray of(NDArray missing) {
                return missing.maximum(0);
            }
        };

        abstract NDArray of(NDArray missing);
    }

    /** How {@code margin-matching} finds and uses its margin. */
    public record Settings(
            @Meaning("square: the squared distance from the usual margin; hinge: what is missing to it")
            Form form,

            @Meaning(
                    "which of the margins on public images, in ascending order, is the usual one, as a share in (0, 1]")
            double quantile,

            @Meaning("number of public images that are asked about, in every unit")
            int images)
            implements Checked {
        static final Settings DEFAULT = new Settings(Form.SQUARE, 0.9, 1000);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .positive("quantile", quantile)
                    .share("quantile", quantile)
                    .atLeast(1, PublicSample.KEY, images)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        double usual = PublicMargins.measure(settings.images(), model, context).quantile(settings.quantile());
        return new LossOfLogits(
                        (logits, targets, ops) -> settings.form()
                                .of(LogitLoss.MAX_MARGIN
                                        .perSample(logits, targets, ops)
                                        .div(usual)
                                        .add(1)),
                        operators)
                .begin(model, context);
    }
}
