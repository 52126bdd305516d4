package org.obverse.plugins.stylegan2;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the synthesis layers add to their activations, times a learned strength. */
public enum Noise {
    /** The stored pattern of each layer, the same for every image. */
    @JsonProperty("constant")
    CONSTANT,
    /** Standard normal draws, one pattern per image and layer. */
    @JsonProperty("random")
    RANDOM,
    /** Nothing. */
    @JsonProperty("none")
    NONE
}
