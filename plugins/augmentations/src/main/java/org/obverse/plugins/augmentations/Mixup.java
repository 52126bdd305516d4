package org.obverse.plugins.augmentations;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How evenly {@code mixup} mixes. */
public record Mixup(
        @Meaning("both parameters of the Beta distribution of the first picture's share: 0 mixes nothing, 1 draws every"
                + " share alike, 1e12 mixes half and half")
        double alpha)
        implements Checked {
    /** Zhang et al. 2018, for CIFAR. */
    public static final Mixup DEFAULT = new Mixup(1);

    @Override
    public List<Problem> check() {
        return alpha >= 0 && Double.isFinite(alpha)
                ? List.of()
                : List.of(new Problem(
                        "alpha",
                        "there is no Beta distribution of " + alpha,
                        "use 0 or a positive number such as 1; 1e12 mixes half and half"));
    }
}
