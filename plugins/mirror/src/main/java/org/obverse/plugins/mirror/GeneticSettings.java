package org.obverse.plugins.mirror;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;
import org.obverse.inversion.StyleBox;

/** How {@code genetic-search} searches. The defaults are those of the published code, but for {@code crossover}. */
public record GeneticSettings(
        @Meaning("how often the population of a class is scored, which costs one query per member each time")
        int generations,

        @Meaning("likelihood: a child has more of the parent that the target is surer of; published: of the other one")
        Crossover crossover,

        @Meaning("share of a child's coordinates that are mutated")
        double mutationShare,

        @Meaning(
                "largest change of a mutated coordinate, in standard deviations of the prior before the mapping network's"
                        + " last nonlinearity")
        double mutationSize,

        @Meaning("confidence of a class's best member at which its search ends; 0: none")
        double stopAt,

        @Meaning("where children may be") StyleBox.Settings box,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize)
        implements Checked, CenterCropped {
    public static final GeneticSettings DEFAULT =
            new GeneticSettings(100, Crossover.LIKELIHOOD, 0.1, 0.1, 0.95, StyleBox.Settings.DEFAULT, 0, 0);

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "generations", generations)
                .share("mutation-share", mutationShare)
                .notNegative("mutation-size", mutationSize)
                .share("stop-at", stopAt)
                .under("box", box.check())
                .all(framing().check())
                .list();
    }
}
