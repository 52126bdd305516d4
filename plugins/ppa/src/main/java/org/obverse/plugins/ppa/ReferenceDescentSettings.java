package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code reference-latent-adam} searches. */
public record ReferenceDescentSettings(
        @Meaning("seed of torch's generator") long seed,

        @Meaning("the keys of latent-adam") DescentSettings method) implements Checked {
    public static final ReferenceDescentSettings DEFAULT = new ReferenceDescentSettings(42, DescentSettings.DEFAULT);

    @Override
    public List<Problem> check() {
        return new Problems()
                .all(ReferenceSeed.check(seed))
                .under("method", method.check())
                .list();
    }
}
