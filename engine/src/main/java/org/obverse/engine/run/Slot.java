package org.obverse.engine.run;

import org.obverse.api.attack.Stage;

/** What a unit is for. */
public enum Slot {
    DATA,
    TARGET,
    EVALUATION_MODEL,
    GENERATOR,
    PREPARE,
    SAMPLE,
    OPTIMIZE,
    SELECT,
    METRIC,
    /** Pictures for the report; the engine's own. */
    GALLERY;

    static Slot of(Stage stage) {
        return valueOf(stage.name());
    }
}
