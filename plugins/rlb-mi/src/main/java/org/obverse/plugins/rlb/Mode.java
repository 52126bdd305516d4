package org.obverse.plugins.rlb;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of two algorithms the agents learn by. */
public enum Mode {
    /** Soft actor-critic as Haarnoja et al. (2018) describe it. */
    @JsonProperty("corrected")
    CORRECTED,
    /**
     * As the authors released it: one number is the noise of all coordinates, and in an update of all samples; the density
     * is a mean over coordinates where the target entropy is a sum, so that the temperature only falls (with
     * some 30 coordinates or more); logarithms are of
     * float32 probabilities, so that a reward can be infinite and an agent useless from then on; only test actions are kept, of
     * equally sure ones the last.
     */
    @JsonProperty("reference")
    REFERENCE
}
