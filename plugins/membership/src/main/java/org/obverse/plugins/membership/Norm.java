package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the size of a change is measured. */
public enum Norm {
    /** The largest change of a pixel. */
    @JsonProperty("l-inf")
    INFINITY("l-inf", 2 * 16 / 255.0),
    /** The Euclidean length of the change. */
    @JsonProperty("l2")
    EUCLIDEAN("l2", 5);

    final String label;

    /** The largest change that is tried unless a plan says another: 16 of 255 steps, and 5 for images of 32 by 32 pixels. */
    final double cap;

    Norm(String label, double cap) {
        this.label = label;
        this.cap = cap;
    }
}
