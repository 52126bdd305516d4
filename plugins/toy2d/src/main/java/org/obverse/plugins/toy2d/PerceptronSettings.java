package org.obverse.plugins.toy2d;

import org.obverse.api.plugin.Meaning;

/** The network of {@code toy2d-mlp}. */
public record PerceptronSettings(
        @Meaning("seed of torch's random numbers for the first weights; the paper shows 42 only")
        long seed) {
    /** The paper's first weights. */
    public static final PerceptronSettings DEFAULT = new PerceptronSettings(42);
}
