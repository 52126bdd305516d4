package org.obverse.plugins.pixels;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;

/** How {@code pixel-descent} searches. Steps and learning rate are the published ones. */
public record DescentSettings(
        @Meaning("steps per candidate, all of which are taken")
        int steps,

        @Meaning("times the gradient is a step, for pixels in [-1, 1]; 0.4 is 0.1 for pixels in [0, 1]")
        double learningRate,

        @Meaning("what says how far an image is from its class: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning(
                "weight of the total variation, the sum of the absolute differences of neighbouring pixels; 0 leaves it"
                        + " out")
        double totalVariation)
        implements Checked {
    public static final DescentSettings DEFAULT = of(5000);

    /** With another number of steps than the published one. */
    static DescentSettings of(int steps) {
        return new DescentSettings(steps, 0.4, Use.of("cross-entropy"), 0);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "steps", steps)
                .positive("learning-rate", learningRate)
                .notNegative("total-variation", totalVariation)
                .list();
    }
}
