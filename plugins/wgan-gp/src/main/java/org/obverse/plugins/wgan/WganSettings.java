package org.obverse.plugins.wgan;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.AdversarialRecipe;

/** How {@code wgan-gp} trains a generator. The defaults are those of GMI (Zhang et al. 2020). */
public record WganSettings(
        @Meaning("length of z") int latentSize,

        @Meaning("channels at half the resolution; they double each time that the extent is halved")
        int width,

        @Meaning("weight of the gradient penalty, lambda") double penalty,
        @Meaning("pace of the training") AdversarialRecipe training)
        implements Checked {
    public static final WganSettings DEFAULT = new WganSettings(100, 64, 10, AdversarialRecipe.published(300));

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "width", width)
                .notNegative("penalty", penalty)
                .under("training", training.check())
                .list();
    }
}
