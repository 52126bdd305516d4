package org.obverse.gans;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The sizes of minibatch discrimination (Salimans et al. 2016, section 3.2). */
public record Minibatch(
        @Meaning("figures of closeness per sample, B") int kernels,

        @Meaning("dimensions in which each of them measures distances, C")
        int dimensions)
        implements Checked {
    /** Those of the published KED-MI. */
    public static final Minibatch DEFAULT = new Minibatch(64, 50);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "kernels", kernels)
                .atLeast(1, "dimensions", dimensions)
                .list();
    }
}
