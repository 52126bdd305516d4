package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;

/**
 * Another loss, and what keeps its features at a typical place (LOMMA; Nguyen et al., CVPR 2023, Sec. 3.2): {@code ℓ(x) + λ · (1/d)
 * Σ_i (f_i(x) − f̄_i)²} with f the penultimate activation of length d and f̄ its mean over public images. The paper draws one place
 * from a Gaussian about f̄; its published code takes f̄ itself, and so does this.
 */
final class FeatureRegularised implements IdentityLoss {
    private final Settings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    FeatureRegularised(Settings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    /** What {@code feature-regularised} holds in place, and how firmly. */
    public record Settings(
            @Meaning("the loss that is kept from running away: an identity loss")
            Use loss,

            @Meaning("weight of the features' distance, above 0")
            double weight,

            @Meaning("number of public images whose features are averaged, in every unit")
            int images)
            implements Checked {
        static final Settings DEFAULT = new Settings(Use.of("logit"), 1, 5000);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .positive("weight", weight)
                    .atLeast(1, PublicSample.KEY, images)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        NDArray usual = Features.measure(settings.images(), model, context).mean();
        OnceAsked once = new OnceAsked(model);
        Objective inner = loss.begin(once, context);
        return step -> {
            Assessment assessed = inner.at(step);
            NDArray features =
                    resources.operators().cast(once.forward(step.images()).tap(Tap.PENULTIMATE), step.precision());
            NDArray distances =
                    features.sub(usual.toType(step.precision(), false)).square().mean(new int[] {1});
            return new Assessment(assessed.losses().add(distances.mul(settings.weight())), assessed.logits());
        };
    }
}
