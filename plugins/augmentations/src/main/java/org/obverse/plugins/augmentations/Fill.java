package org.obverse.plugins.augmentations;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What erased pixels become. */
public enum Fill {
    /** The picture's own mean colour. */
    @JsonProperty("mean")
    MEAN,

    /** 0 in every channel, which is half way between black and white. */
    @JsonProperty("zero")
    ZERO,

    /** Draws from the uniform distribution on [-1, 1], one for each pixel and channel. */
    @JsonProperty("noise")
    NOISE
}
