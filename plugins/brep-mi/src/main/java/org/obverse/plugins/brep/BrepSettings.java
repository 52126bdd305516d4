package org.obverse.plugins.brep;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.Prior;

/** What concerns several stages of {@code brep-mi}; the stages' own settings are overridden under {@code stages}. */
public record BrepSettings(
        @Meaning("wgan-gp: a generator is trained on public images first; planned: the plan's generator is searched")
        Prior prior,

        @Meaning("candidates per class that are looked for and then moved")
        int candidates,

        @Meaning("bound of every coordinate of z, in standard deviations of the prior")
        double range)
        implements Checked {
    public static final BrepSettings DEFAULT = new BrepSettings(Prior.WGAN_GP, 1, 1.5);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .positive("range", range)
                .list();
    }
}
