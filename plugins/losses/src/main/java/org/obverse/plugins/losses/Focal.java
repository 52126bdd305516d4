package org.obverse.plugins.losses;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How little {@code focal} asks of samples that are recognised already. */
public record Focal(
        @Meaning(
                "exponent of 1 - p, where p is the probability of the label, at least 0; 0 is cross-entropy; with focus:"
                        + " flsd-53 it has no effect")
        double gamma,

        @Meaning("constant (gamma for every sample) or flsd-53 (5 where p is below 0.2, else 3)")
        Focus focus)
        implements Checked {
    static final String NAME = "focal";

    /** FL-3 of Mukhoti et al. 2020. */
    public static final Focal DEFAULT = new Focal(3, Focus.CONSTANT);

    @Override
    public List<Problem> check() {
        return gamma >= 0 && Double.isFinite(gamma)
                ? List.of()
                : List.of(new Problem(
                        "gamma",
                        gamma + " would ask most of the samples that are recognised already",
                        "use 0 or a positive number, such as 3"));
    }
}
