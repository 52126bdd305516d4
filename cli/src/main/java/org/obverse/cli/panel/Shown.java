package org.obverse.cli.panel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What picture A of a panel is. */
sealed interface Shown {
    /**
     * Of the attack.
     *
     * @param candidate its number within its class, from 0
     * @param recognised whether each evaluation model takes it for its class, by the model's name
     */
    record Reconstruction(int candidate, Map<String, Boolean> recognised) implements Shown {
        public Reconstruction {
            recognised = Collections.unmodifiableMap(new LinkedHashMap<>(recognised));
        }
    }

    /**
     * Another image of the person under B.
     *
     * @param image its number among the private images
     */
    record Positive(int image) implements Shown {}

    /**
     * An image of somebody else.
     *
     * @param image its number among the private images
     */
    record Negative(int image) implements Shown {}
}
