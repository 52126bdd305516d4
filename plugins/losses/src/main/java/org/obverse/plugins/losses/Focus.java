package org.obverse.plugins.losses;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which exponent a sample has. */
public enum Focus {
    /** The same for every sample. */
    @JsonProperty("constant")
    CONSTANT,

    /** FLSD-53 of Mukhoti et al. 2020, section 4: 5 where the label's probability is below 0.2, else 3. */
    @JsonProperty("flsd-53")
    FLSD_53
}
