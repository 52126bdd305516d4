package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a unit whose batch does not fit into the device's memory. */
public enum OutOfMemory {
    /** The run fails. */
    @JsonProperty("fail")
    FAIL,
    /** The unit is repeated with half the batch. Draws stay equal, the last digits of values do not. */
    @JsonProperty("halve-batch")
    HALVE_BATCH
}
