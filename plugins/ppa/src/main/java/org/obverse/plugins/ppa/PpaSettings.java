package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What concerns several stages of {@code ppa}; the stages' own settings are overridden under {@code stages}. */
public record PpaSettings(
        @Meaning("candidates per class that are sampled and optimized")
        int candidates,

        @Meaning("results per class that the last stage keeps; 0 leaves that stage out and keeps all candidates")
        int results,

        @Meaning("side of the central square that the target sees in all stages, in pixels of the generator; 0 is the"
                + " whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees in all stages, in pixels; 0 is its input size")
        int resize)
        implements Checked {
    public static final PpaSettings DEFAULT = new PpaSettings(200, 50, 0, 0);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .atLeast(0, "results", results)
                .require(
                        results <= candidates || candidates < 1,
                        "results",
                        results + " results per class cannot be chosen from " + candidates + " candidates",
                        "use at most " + candidates)
                .all(new org.obverse.inversion.Framing(centerCrop, resize).check())
                .list();
    }
}
