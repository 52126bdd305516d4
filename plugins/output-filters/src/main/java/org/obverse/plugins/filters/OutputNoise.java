package org.obverse.plugins.filters;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How noisy the answers of {@code output-noise} are. */
public record OutputNoise(
        @Meaning("standard deviation of the noise of each logit, in units of logits; 0 adds none")
        double sigma) implements Checked {
    public static final OutputNoise DEFAULT = new OutputNoise(1);

    @Override
    public List<Problem> check() {
        return sigma >= 0 && Double.isFinite(sigma)
                ? List.of()
                : List.of(new Problem(
                        "sigma", sigma + " is not a standard deviation", "use 0 or a positive number, such as 1"));
    }
}
