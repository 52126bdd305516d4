package org.obverse.plugins.lomma;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;

/** Which surrogates are made, and how they learn. The defaults of the pace are those of the published code. */
public record SurrogateSettings(
        @Meaning(
                "what else is prepared: at most one preparer, whose generator and networks stay; with none the plan's generator does")
        List<Use> beside,

        @Meaning("architecture of the surrogates: a classifier")
        Use classifier,

        @Meaning("number of surrogates, called surrogate-0, surrogate-1, …; each starts from values of its own")
        int count,

        @Meaning(
                "what the target's and the surrogates' logits are divided by before they are compared, above 0; above 1 the order of"
                        + " the wrong classes counts for more")
        double temperature,

        @Meaning(
                "if above 0, the temperature is this share of the target's median margin between the first and the second score on"
                        + " the public images, and the key temperature must be 1")
        double share,

        @Meaning("passes over the public images") int epochs,

        @Meaning("images per step") int batch,

        @Meaning("SGD's learning rate; halved after every 20 epochs")
        double learningRate,

        @Meaning("SGD's momentum, in [0, 1)") double momentum,

        @Meaning("times the weight is added to its gradient")
        double weightDecay)
        implements Checked {
    static final SurrogateSettings DEFAULT =
            new SurrogateSettings(List.of(), Use.of("small-inception"), 3, 1, 0, 20, 64, 0.01, 0.9, 1e-4);

    private static final int HALVING = 20;

    public SurrogateSettings {
        beside = List.copyOf(beside);
    }

    /** In an epoch, from 0. */
    double rate(int epoch) {
        return learningRate * Math.pow(0.5, Math.floorDiv(epoch, HALVING));
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        beside.size() <= 1,
                        "beside",
                        "an attack has one generator, and " + beside.size() + " preparers each make one",
                        "name one preparer")
                .atLeast(1, "count", count)
                .positive("temperature", temperature)
                .notNegative("share", share)
                .require(
                        share == 0 || temperature == 1,
                        "share",
                        "the temperature is both given and measured",
                        "give one of temperature and share")
                .atLeast(1, "epochs", epochs)
                .require(batch >= 2, "batch", "batch statistics need more than " + batch, "use at least 2")
                .positive("learning-rate", learningRate)
                .decay("momentum", momentum)
                .notNegative("weight-decay", weightDecay)
                .list();
    }
}
