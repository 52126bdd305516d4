package org.obverse.plugins.lowrank;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the numbers between the two layers. */
public enum Squashing {
    /** Each goes through a tanh, whose slope vanishes where it saturates. */
    @JsonProperty("tanh")
    TANH,

    /** Nothing: the head is linear. */
    @JsonProperty("none")
    NONE
}
