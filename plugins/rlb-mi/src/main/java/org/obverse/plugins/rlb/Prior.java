package org.obverse.plugins.rlb;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the generator of the attack comes from. */
public enum Prior {
    /** The attack trains one on public images first, as published. */
    @JsonProperty("wgan-gp")
    WGAN_GP,
    /** It is the plan's. */
    @JsonProperty("planned")
    PLANNED
}
