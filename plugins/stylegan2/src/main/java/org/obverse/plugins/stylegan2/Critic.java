package org.obverse.plugins.stylegan2;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the weights hold a discriminator beside the generator. */
public enum Critic {
    /** A generator alone. */
    @JsonProperty("absent")
    ABSENT,
    /** Both; the discriminator's tensors have the prefix {@code D.}. */
    @JsonProperty("included")
    INCLUDED
}
