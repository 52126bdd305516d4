package org.obverse.plugins.lomma;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.PreparedNetwork;

/**
 * A loss of the target and of networks that the attack prepared, such as surrogates (LOMMA; Nguyen et al., CVPR 2023): the mean of
 * {@code ℓ} over the surrogates and, with a weight of its own, the target. With weight 0 the target is not asked at all,
 * and what is told as the answer is the first network's. The access is the affair of the optimizer: one that
 * shows a loss the target needs white-box access at any weight.
 */
final class Ensemble implements IdentityLoss {
    private final Settings settings;
    private final IdentityLoss loss;

    Ensemble(Settings settings, Resources resources) {
        this.settings = settings;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    /** Whom {@code ensemble} asks. */
    public record Settings(
            @Meaning("the loss of each network: an identity loss")
            Use loss,

            @Meaning("names of the prepared networks") List<String> networks,

            @Meaning("weight of the target beside networks of weight 1, 0 or more")
            double target)
            implements Checked {
        static final Settings DEFAULT = new Settings(Use.of("cross-entropy"), List.of("surrogate-0"), 1);

        public Settings {
            networks = List.copyOf(networks);
        }

        @Override
        public List<Problem> check() {
            return new Problems()
                    .require(!networks.isEmpty(), "networks", "it names none", "name at least one")
                    .notNegative("target", target)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        List<Objective> others = new ArrayList<>();
        for (String name : settings.networks()) {
            others.add(loss.begin(PreparedNetwork.of(name, context), context));
        }
        List<Objective> target = settings.target() > 0 ? List.of(loss.begin(model, context)) : List.of();
        return step -> {
            List<Assessment> said = others.stream().map(other -> other.at(step)).toList();
            NDArray total = said.get(0).losses();
            for (int i = 1; i < said.size(); i++) {
                total = total.add(said.get(i).losses());
            }
            NDArray logits = said.get(0).logits();
            for (Objective own : target) {
                Assessment assessed = own.at(step);
                total = total.add(assessed.losses().mul(settings.target()));
                logits = assessed.logits();
            }
            return new Assessment(total.div(said.size() + settings.target()), logits);
        };
    }
}
