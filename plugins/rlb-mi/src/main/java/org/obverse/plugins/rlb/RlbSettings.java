package org.obverse.plugins.rlb;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.Prior;

/** What concerns several stages of {@code rlb-mi}; the stages' own settings are overridden under {@code stages}. */
public record RlbSettings(
        @Meaning("wgan-gp: a generator is trained on public images first; planned: the plan's generator is searched")
        Prior prior,

        @Meaning("candidates per class, each of which is an agent of its own")
        int candidates)
        implements Checked {
    public static final RlbSettings DEFAULT = new RlbSettings(Prior.WGAN_GP, 1);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "candidates", candidates).list();
    }
}
