package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What concerns several stages of {@code reference-ppa}. */
public record ReferencePpaSettings(
        @Meaning("seed of every stage's NumPy or torch generator")
        long seed,

        @Meaning("the keys of ppa") PpaSettings method)
        implements Checked {
    public static final ReferencePpaSettings DEFAULT = new ReferencePpaSettings(42, PpaSettings.DEFAULT);

    @Override
    public List<Problem> check() {
        return new Problems()
                .all(ReferenceSeed.check(seed))
                .under("method", method.check())
                .list();
    }
}
