package org.obverse.plugins.brep;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which point of a search is its result. */
public enum Outcome {
    /** The last one, which the target still takes for the class. */
    @JsonProperty("final")
    FINAL,
    /** As published, the one at which the radius grew last; the start if it never did. */
    @JsonProperty("last-growth")
    LAST_GROWTH
}
