package org.obverse.plugins.cma;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;
import org.obverse.inversion.StyleBox;

/** How {@code cma-es} searches. Everything that is no key has the tutorial's default. */
public record EvolutionSettings(
        @Meaning("generations per candidate") int generations,

        @Meaning("points of a generation, each of which is a query; 0: 4 + 3 ln d, rounded down, for d coordinates")
        int points,

        @Meaning("standard deviation of the first generation, in standard deviations of the prior")
        double sigma,

        @Meaning("where candidates may be; of starts that are points of the prior its deviations alone")
        StyleBox.Settings box,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize)
        implements Checked, CenterCropped {
    public static final EvolutionSettings DEFAULT = new EvolutionSettings(500, 0, 0.5, StyleBox.Settings.DEFAULT, 0, 0);

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "generations", generations)
                .require(
                        points == 0 || points >= 4,
                        "points",
                        "a generation of " + points + " is too small to rank",
                        "use at least 4, or 0 for the default")
                .positive("sigma", sigma)
                .under("box", box.check())
                .all(framing().check())
                .list();
    }
}
