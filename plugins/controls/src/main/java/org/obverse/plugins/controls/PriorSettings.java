package org.obverse.plugins.controls;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code prior} draws. The prior is whole by default, whatever an attack's sampler truncates. */
public record PriorSettings(
        @Meaning(
                "truncation of style vectors, in all rows: the share of the distance from the average that is kept; 1 keeps all, as generators"
                        + " without styles do")
        double truncationPsi)
        implements Checked {
    static final double WHOLE = 1;

    public static final PriorSettings DEFAULT = new PriorSettings(WHOLE);

    @Override
    public List<Problem> check() {
        return check(truncationPsi);
    }

    static List<Problem> check(double truncationPsi) {
        return new Problems()
                .require(
                        Double.isFinite(truncationPsi),
                        "truncation-psi",
                        truncationPsi + " is no share",
                        "use a number, such as 0.7")
                .list();
    }
}
