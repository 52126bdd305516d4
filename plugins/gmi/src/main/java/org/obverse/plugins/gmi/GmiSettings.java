package org.obverse.plugins.gmi;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.gans.Prior;

/** What concerns several stages of {@code gmi}; the stages' own settings are overridden under {@code stages}. */
public record GmiSettings(
        @Meaning(
                "wgan-gp: a generator and its critic are trained on public images first; planned: the plan's generator is"
                        + " searched")
        Prior prior,

        @Meaning("start points per class, each of which becomes a result")
        int restarts)
        implements Checked {
    public static final GmiSettings DEFAULT = new GmiSettings(Prior.WGAN_GP, 5);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "restarts", restarts).list();
    }
}
