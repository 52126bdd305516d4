package org.obverse.plugins.dpsgd;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How much of a sample {@code dp-sgd} lets through. */
public record DpSgd(
        @Meaning("largest 2-norm of what one sample contributes to a step, over all trained weights together, above 0")
        double clip,

        @Meaning("standard deviation of the noise of a step's sum, as a multiple of clip; 0 for none, and no guarantee")
        double noise,

        @Meaning("probability with which the guarantee of epsilon may fail, in (0, 1): well below one over the samples")
        double delta)
        implements Checked {
    static final String NAME = "dp-sgd";

    static final DpSgd DEFAULT = new DpSgd(1, 1, 1e-5);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(clip > 0)) {
            problems.add(
                    new Problem("clip", "a clip of " + clip + " leaves nothing of a gradient", "use a value above 0"));
        }
        if (!(noise >= 0 && Double.isFinite(noise))) {
            problems.add(new Problem("noise", noise + " is no multiple of clip", "use 0 or more, such as 1"));
        }
        if (clip == Double.POSITIVE_INFINITY && noise != 0) {
            problems.add(new Problem(
                    "clip", "noise in proportion to a clip without end has no end", "use a finite value, or noise: 0"));
        }
        if (!(delta > 0 && delta < 1)) {
            problems.add(new Problem("delta", delta + " is not a probability in (0, 1)", "use a value such as 1e-5"));
        }
        return problems;
    }
}
