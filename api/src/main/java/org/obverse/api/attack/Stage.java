package org.obverse.api.attack;

import java.util.Locale;

/** The stages of an attack, in their order. All but the last that a recipe names are optional. */
public enum Stage {
    /** Trains what the search needs: a generator against this target, surrogates of it. */
    PREPARE,
    /** Chooses where the search starts. */
    SAMPLE,
    /** Searches. */
    OPTIMIZE,
    /** Chooses among what was found. */
    SELECT;

    /** As plans write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
