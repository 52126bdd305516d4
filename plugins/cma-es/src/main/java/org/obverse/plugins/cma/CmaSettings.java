package org.obverse.plugins.cma;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;

/** What concerns both stages of the attack {@code cma-es}; the stages' own settings are overridden under {@code stages}. */
public record CmaSettings(
        @Meaning("candidates per class, each of which is a search of its own")
        int candidates,

        @Meaning(
                "draws from the prior of which the surest are where a class's searches begin; the target is asked about each once")
        int pool,

        @Meaning("truncation: the share of a style vector's distance from the average that is kept; 1 keeps all")
        double truncationPsi,

        @Meaning("how many leading rows of style vectors are truncated; 0 truncates none")
        int truncationCutoff,

        @Meaning(
                "half the side of the box that bounds a style, in standard deviations of each coordinate before the mapping"
                        + " network's last nonlinearity; 0: no bounds")
        double deviations,

        @Meaning("side of the central square that the target sees in both stages, in pixels of the generator; 0 is the"
                + " whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees in both stages, in pixels; 0 is its input size")
        int resize)
        implements Checked {
    public static final CmaSettings DEFAULT = new CmaSettings(1, 100_000, 0.7, 8, 1, 0, 0);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .require(
                        pool >= candidates,
                        "pool",
                        "a pool of " + pool + " has no " + candidates + " candidates",
                        "use at least " + candidates)
                .positive("truncation-psi", truncationPsi)
                .atLeast(0, "truncation-cutoff", truncationCutoff)
                .notNegative("deviations", deviations)
                .all(new Framing(centerCrop, resize).check())
                .list();
    }
}
