package org.obverse.plugins.skips;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.api.network.Residual.Shortcuts;

/** What becomes of the shortcut of a stage's first block, which changes channels or extent. */
public enum Projection {
    /** It is scaled or removed as the others are. */
    @JsonProperty("removed")
    REMOVED(Shortcuts.ALL),

    /** It stays whole. */
    @JsonProperty("kept")
    KEPT(Shortcuts.IDENTITIES);

    private final Shortcuts scaled;

    Projection(Shortcuts scaled) {
        this.scaled = scaled;
    }

    Shortcuts scaled() {
        return scaled;
    }
}
