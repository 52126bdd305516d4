package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code reference-pool} chooses start points. */
public record ReferencePoolSettings(
        @Meaning("seed of NumPy's generator") long seed,

        @Meaning("the keys of ranked-pool") PoolSettings method) implements Checked {
    public static final ReferencePoolSettings DEFAULT = new ReferencePoolSettings(42, PoolSettings.DEFAULT);

    @Override
    public List<Problem> check() {
        return new Problems()
                .all(ReferenceSeed.check(seed))
                .under("method", method.check())
                .list();
    }
}
