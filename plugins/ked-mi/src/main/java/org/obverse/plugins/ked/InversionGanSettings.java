package org.obverse.plugins.ked;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.gans.Minibatch;

/** How {@code inversion-gan} trains. The defaults are those of the published code. */
public record InversionGanSettings(
        @Meaning("length of z") int latentSize,

        @Meaning("channels at half the resolution; they double each time that the extent is halved")
        int width,

        @Meaning("minibatch discrimination of the discriminator")
        Minibatch minibatch,

        @Meaning("weight of the discriminator's cross-entropy with the target's confidences; without it the GAN does"
                + " not depend on the target")
        double knowledge,

        @Meaning("weight in the generator's loss of the entropy, summed over the batch, of the discriminator's classes")
        double entropy,

        @Meaning("pace of the training") AdversarialRecipe training)
        implements Checked {
    public static final InversionGanSettings DEFAULT =
            new InversionGanSettings(100, 64, Minibatch.DEFAULT, 1, 1e-4, AdversarialRecipe.published(100));

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "width", width)
                .under("minibatch", minibatch.check())
                .notNegative("knowledge", knowledge)
                .notNegative("entropy", entropy)
                .under("training", training.check())
                .list();
    }
}
