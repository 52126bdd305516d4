package org.obverse.plugins.brep;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a point of a sphere adds to the direction away from the class's boundary. */
public enum Estimate {
    /** Φ is −1 where the target sees another class and 0 elsewhere: the direction flees what is outside. */
    @JsonProperty("repulsion")
    REPULSION {
        @Override
        double sign(boolean inside) {
            return inside ? 0 : -1;
        }
    },
    /** Φ is −1 outside and 1 inside: the direction also seeks what is inside. */
    @JsonProperty("both")
    BOTH {
        @Override
        double sign(boolean inside) {
            return inside ? 1 : -1;
        }
    };

    abstract double sign(boolean inside);
}
