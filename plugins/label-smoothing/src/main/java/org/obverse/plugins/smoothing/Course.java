package org.obverse.plugins.smoothing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a negative smoothing factor is reached. {@link SmoothingSchedule} has the formula. */
public enum Course {
    /** Hard labels for a share of the epochs (half), a ramp (to α/2) up to another share (three quarters), then α. */
    @JsonProperty("fraction")
    FRACTION,

    /** Hard labels for 50 epochs, a ramp up to epoch 75, then α, however many epochs there are. */
    @JsonProperty("reference")
    REFERENCE,

    /** α from the first epoch, as in the paper's two-dimensional example. */
    @JsonProperty("constant")
    CONSTANT
}
