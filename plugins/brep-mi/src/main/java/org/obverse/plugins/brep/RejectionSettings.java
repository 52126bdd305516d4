package org.obverse.plugins.brep;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code label-rejection} looks for starts. */
public record RejectionSettings(
        @Meaning("starts per class, the first draws that the target takes for it")
        int candidates,

        @Meaning(
                "most draws per attacked class; all classes share them, and each is one query, rounded up to the batch")
        int draws,

        @Meaning("bound of every coordinate of z, in standard deviations of the prior")
        double range)
        implements Checked {
    public static final RejectionSettings DEFAULT = new RejectionSettings(1, 1000, 1.5);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .require(
                        draws >= candidates,
                        "draws",
                        draws + " draws per class cannot give " + candidates + " candidates",
                        "use at least " + candidates)
                .positive("range", range)
                .list();
    }
}
