package org.obverse.plugins.brep;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code sphere-search} moves. The defaults are those of the published code, but for its ends and its result. */
public record SphereSettings(
        @Meaning("radius of the first sphere, in standard deviations of the prior")
        double radius,

        @Meaning("points on a sphere; each is one query per iteration")
        int points,

        @Meaning("repulsion: the step flees points outside the class; both: it also seeks those inside")
        Estimate estimate,

        @Meaning("share of the points that must be inside, exceeded, for the radius to grow; in [0, 1)")
        double growthShare,

        @Meaning("what the radius is multiplied by when it grows, above 1")
        double growth,

        @Meaning("length of a step along the mean direction, as a share of the radius")
        double step,

        @Meaning("most length of a step along the mean direction")
        double longestStep,

        @Meaning("bound of every coordinate of z after a step, in standard deviations of the prior")
        double range,

        @Meaning("iterations at one radius after which the search of a candidate ends")
        int iterationsPerRadius,

        @Meaning("iterations that count for iterations-per-radius: all, or only those whose step was accepted")
        Patience patience,

        @Meaning("most iterations of a candidate, rejected steps included")
        int iterations,

        @Meaning("result of a candidate: final (its last point) or last-growth (where its radius grew last)")
        Outcome outcome)
        implements Checked {
    public static final SphereSettings DEFAULT = new SphereSettings(
            2, 32, Estimate.REPULSION, 0.75, 1.3, 1.0 / 3, 3, 1.5, 1000, Patience.ALL, 10_000, Outcome.FINAL);

    @Override
    public List<Problem> check() {
        return new Problems()
                .positive("radius", radius)
                .atLeast(1, "points", points)
                .require(
                        growthShare >= 0 && growthShare < 1,
                        "growth-share",
                        growthShare + " is no share that could be exceeded",
                        "use a number in [0, 1)")
                .require(
                        growth > 1 && Double.isFinite(growth),
                        "growth",
                        growth + " grows nothing",
                        "use a number above 1")
                .positive("step", step)
                .positive("longest-step", longestStep)
                .positive("range", range)
                .atLeast(1, "iterations-per-radius", iterationsPerRadius)
                .atLeast(1, "iterations", iterations)
                .list();
    }
}
