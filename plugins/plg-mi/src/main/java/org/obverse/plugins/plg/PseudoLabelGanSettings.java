package org.obverse.plugins.plg;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.inversion.Augmentation;

/** How {@code pseudo-label-gan} trains. The defaults are those of the published code. */
public record PseudoLabelGanSettings(
        @Meaning("public images per class, those that the target is surest of")
        int perClass,

        @Meaning("length of z") int latentSize,

        @Meaning("channels at the full resolution; they double each time that the extent is halved")
        int width,

        @Meaning(
                "weight in the generator's loss of the target's max-margin loss, alpha; without it the target says no more than"
                        + " pseudo labels")
        double margin,

        @Meaning("what is done to a generated image before the target sees it")
        Augmentation augmentation,

        @Meaning("pace of the training") ConditionalRecipe training)
        implements Checked {
    public static final PseudoLabelGanSettings DEFAULT =
            new PseudoLabelGanSettings(30, 128, 64, 0.2, Augmentation.OF_TRAINING, ConditionalRecipe.PUBLISHED);

    boolean asksInTraining() {
        return margin > 0;
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "per-class", perClass)
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "width", width)
                .notNegative("margin", margin)
                .under("augmentation", augmentation.check())
                .under("training", training.check())
                .list();
    }
}
