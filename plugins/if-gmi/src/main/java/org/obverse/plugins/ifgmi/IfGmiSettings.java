package org.obverse.plugins.ifgmi;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;

/** What concerns several stages of {@code if-gmi}; the stages' own settings are overridden under {@code stages}. */
public record IfGmiSettings(
        @Meaning("candidates per class that are sampled and optimized, all of which are results")
        int candidates,

        @Meaning("side of the central square that the target sees in all stages, in pixels of the generator; 0 is the"
                + " whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees in all stages, in pixels; 0 is its input size")
        int resize)
        implements Checked {
    public static final IfGmiSettings DEFAULT = new IfGmiSettings(50, 0, 0);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .all(new Framing(centerCrop, resize).check())
                .list();
    }
}
