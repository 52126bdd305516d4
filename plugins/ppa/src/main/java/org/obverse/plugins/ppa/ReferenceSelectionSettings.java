package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.RandomCrop;

/** How {@code reference-robust-confidence} chooses. The published code cuts views to 224 pixels, whatever the target takes. */
public record ReferenceSelectionSettings(
        @Meaning("seed of torch's generator") long seed,

        @Meaning("the keys of robust-confidence") SelectionSettings method)
        implements Checked {
    public static final ReferenceSelectionSettings DEFAULT = new ReferenceSelectionSettings(
            42,
            new SelectionSettings(50, 100, 0, 0, new RandomCrop(0.5, 0.9, 0.8, 1.2), 224, 0.5, Criterion.CONFIDENCE));

    @Override
    public List<Problem> check() {
        return new Problems()
                .all(ReferenceSeed.check(seed))
                .under("method", method.check())
                .list();
    }
}
