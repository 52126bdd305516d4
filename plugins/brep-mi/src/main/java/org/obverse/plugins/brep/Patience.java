package org.obverse.plugins.brep;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which iterations count towards the end of a search that no longer grows. */
public enum Patience {
    /** All, so that a candidate whose steps are all rejected comes to an end. */
    @JsonProperty("all")
    ALL,
    /** Those whose step was accepted, as published; then only {@code iterations} and the plan's budget are sure ends. */
    @JsonProperty("accepted")
    ACCEPTED
}
