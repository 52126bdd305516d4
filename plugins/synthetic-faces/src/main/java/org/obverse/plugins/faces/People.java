package org.obverse.plugins.faces;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who the classes are. */
public enum People {
    /** Whom an attack is after. */
    @JsonProperty("private")
    PRIVATE("identity"),

    /** Others, whom everybody may know. */
    @JsonProperty("public")
    PUBLIC("public-identity");

    private final String stream;

    People(String stream) {
        this.stream = stream;
    }

    /** The name of the streams from which they are drawn. */
    String stream() {
        return stream;
    }
}
