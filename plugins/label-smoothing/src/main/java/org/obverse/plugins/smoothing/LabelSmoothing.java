package org.obverse.plugins.smoothing;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How strongly labels are smoothed, and from when on. */
public record LabelSmoothing(
        @Meaning("share of the uniform distribution in the labels, at most 1; 0 leaves them hard, negative values push"
                + " the wrong classes below 0")
        double alpha,

        @Meaning("how a negative alpha is reached: fraction (of all epochs), reference (epochs 50 and 75 as published)"
                + " or constant; alpha >= 0 is constant anyway")
        Course schedule)
        implements Checked {
    /** The negative smoothing of the paper, at any number of epochs. */
    public static final LabelSmoothing DEFAULT = new LabelSmoothing(-0.05, Course.FRACTION);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(alpha <= 1)) {
            problems.add(new Problem(
                    "alpha",
                    alpha + " is more than the whole label, which would teach the wrong classes",
                    "use at most 1, such as 0.1, 0 or -0.05"));
        }
        if (alpha == Double.NEGATIVE_INFINITY) {
            problems.add(new Problem("alpha", "labels must be finite", "use a value such as -0.05"));
        }
        return problems;
    }
}
