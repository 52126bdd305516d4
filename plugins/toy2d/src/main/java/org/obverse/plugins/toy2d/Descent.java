package org.obverse.plugins.toy2d;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code toy2d-descent} searches. */
public record Descent(
        @Meaning("step length per unit of gradient, in units of the plane")
        double learningRate,

        @Meaning("the most steps that are made; at least 1") int steps,

        @Meaning("a point stops after the step before which the target's confidence exceeded this, in (0, 1)")
        double confidence)
        implements Checked {
    /** The authors' notebook (Plug-and-Play-Attacks, revision 3087a4f0). */
    public static final Descent DEFAULT = new Descent(0.1, 10_000, 0.95);

    @Override
    public List<Problem> check() {
        return new Problems()
                .positive("learning-rate", learningRate)
                .atLeast(1, "steps", steps)
                .require(
                        confidence > 0 && confidence < 1,
                        "confidence",
                        confidence + " is out of range",
                        "use a value in (0, 1)")
                .list();
    }
}
