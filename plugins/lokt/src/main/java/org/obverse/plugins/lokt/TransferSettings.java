package org.obverse.plugins.lokt;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.gans.ConditionalRecipe;

/** How {@code knowledge-transfer} learns from labels. The defaults are the published constants. */
public record TransferSettings(
        @Meaning("length of z") int latentSize,

        @Meaning("channels at the full resolution; they double each time that the extent is halved")
        int width,

        @Meaning("weight in both losses of how far the discriminator's class is from the label, above 0")
        double classWeight,

        @Meaning("iterations of the training in which the losses know no classes yet and the target is not asked")
        int classTermsAfter,

        @Meaning(
                "pace of the GAN's training; every image of a step of the discriminator is a query, once classes are known")
        ConditionalRecipe training,

        @Meaning("generated images per class that the target labels for the surrogates, each a query")
        int perClass,

        @Meaning("architectures of the surrogates, called surrogate-0, surrogate-1, …: classifiers")
        List<Use> surrogates,

        @Meaning("how each surrogate learns the labelled images")
        SurrogateRecipe teaching)
        implements Checked {
    /** The published 105,000 iterations of which 5,000 know no classes are steps of the discriminator, 5 for one of the generator. */
    static final TransferSettings DEFAULT = new TransferSettings(
            128,
            64,
            1.5,
            1000,
            new ConditionalRecipe(21_000, 5, 256, 2e-4, 0, 0.9),
            500,
            List.of(Use.of("densenet121"), Use.of("densenet161"), Use.of("densenet169")),
            SurrogateRecipe.DEFAULT);

    public TransferSettings {
        surrogates = List.copyOf(surrogates);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "width", width)
                .positive("class-weight", classWeight)
                .require(
                        classTermsAfter >= 0 && classTermsAfter < training.iterations(),
                        "class-terms-after",
                        "after " + classTermsAfter + " of " + training.iterations()
                                + " iterations none is left in which classes are learnt",
                        "use 0 or more, and less than training.iterations")
                .under("training", training.check())
                .atLeast(1, "per-class", perClass)
                .require(!surrogates.isEmpty(), "surrogates", "it names none", "name at least one classifier")
                .under("teaching", teaching.check())
                .list();
    }
}
