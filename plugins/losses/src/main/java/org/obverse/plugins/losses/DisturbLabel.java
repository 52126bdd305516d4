package org.obverse.plugins.losses;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How many labels {@code disturb-label} draws. */
public record DisturbLabel(
        @Meaning(
                "share of the labels that are drawn from all classes, the right one included, in [0, 1]; in expectation"
                        + " label smoothing with this alpha")
        double share)
        implements Checked {
    /** Xie et al. 2016, for CIFAR-10. */
    public static final DisturbLabel DEFAULT = new DisturbLabel(0.1);

    @Override
    public List<Problem> check() {
        return share >= 0 && share <= 1
                ? List.of()
                : List.of(new Problem("share", share + " is not a share of the labels", "use a value in [0, 1]"));
    }
}
