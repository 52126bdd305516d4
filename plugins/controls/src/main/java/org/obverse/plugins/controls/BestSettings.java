package org.obverse.plugins.controls;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How {@code best-of-n} draws and asks. */
public record BestSettings(
        @Meaning(
                "truncation of style vectors, in all rows: the share of the distance from the average that is kept; 1 keeps all, as generators"
                        + " without styles do")
        double truncationPsi)
        implements Checked {
    public static final BestSettings DEFAULT = new BestSettings(PriorSettings.WHOLE);

    @Override
    public List<Problem> check() {
        return PriorSettings.check(truncationPsi);
    }
}
