package org.obverse.plugins.filters;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How coarse the scores of {@code rounding} are. */
public record Rounding(
        @Meaning("decimals that are left of each score, 0 to 15; with 0 a score is 0 or 1")
        int decimals) implements Checked {
    /** The finer one of Shokri et al. 2017, table III. */
    public static final Rounding DEFAULT = new Rounding(3);

    /** What float64 has of a number below 1. */
    private static final int MOST = 15;

    @Override
    public List<Problem> check() {
        return decimals >= 0 && decimals <= MOST
                ? List.of()
                : List.of(new Problem(
                        "decimals",
                        "a score cannot be rounded to " + decimals + " decimals",
                        "use 0 to " + MOST + ", such as 3"));
    }
}
