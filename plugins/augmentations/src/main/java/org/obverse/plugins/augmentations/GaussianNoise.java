package org.obverse.plugins.augmentations;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How noisy training pictures are. */
public record GaussianNoise(
        @Meaning(
                "standard deviation of the noise of each value, where black is -1 and white 1: twice what is written for"
                        + " pictures in [0, 1]; 0 adds none")
        double sigma)
        implements Checked {
    public static final GaussianNoise DEFAULT = new GaussianNoise(0.1);

    @Override
    public List<Problem> check() {
        return sigma >= 0 && Double.isFinite(sigma)
                ? List.of()
                : List.of(new Problem(
                        "sigma", sigma + " is not a standard deviation", "use 0 or a positive number, such as 0.1"));
    }
}
