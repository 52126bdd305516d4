package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The seed of the published code's draws: NumPy and torch read it as 32 bits without sign. */
final class ReferenceSeed {
    private ReferenceSeed() {}

    static List<Problem> check(long seed) {
        return new Problems()
                .require(seed >= 0 && seed <= 0xffffffffL, "seed", seed + " is no seed of NumPy", "use 0 to 4294967295")
                .list();
    }
}
