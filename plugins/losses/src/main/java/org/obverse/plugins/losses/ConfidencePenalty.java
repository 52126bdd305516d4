package org.obverse.plugins.losses;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How much {@code confidence-penalty} takes for certain scores. */
public record ConfidencePenalty(
        @Meaning("factor of the negative entropy in the loss: positive punishes certainty, negative rewards it, 0 does"
                + " neither")
        double weight)
        implements Checked {
    /** Pereyra et al. 2017, for images. */
    public static final ConfidencePenalty DEFAULT = new ConfidencePenalty(0.1);

    @Override
    public List<Problem> check() {
        return Double.isFinite(weight)
                ? List.of()
                : List.of(new Problem("weight", "the loss must be finite", "use a value such as 0.1, 0 or -0.1"));
    }
}
