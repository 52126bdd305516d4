package org.obverse.plugins.dropout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is set to 0 as one. */
public enum Dropped {
    /** Each number for itself. */
    @JsonProperty("element")
    ELEMENT,

    /** All pixels of a channel together; of an activation without pixels each number, which is a channel. */
    @JsonProperty("channel")
    CHANNEL
}
