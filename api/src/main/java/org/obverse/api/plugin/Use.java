package org.obverse.api.plugin;

import java.util.Map;

/**
 * The choice of a component inside a configuration, written {@code { use: small-resnet, width: 16 }} in a plan.
 *
 * @param name the component's name
 * @param settings the other keys, not yet bound to the component's configuration
 */
public record Use(String name, Map<String, Object> settings) {
    public Use {
        settings = Map.copyOf(settings);
    }

    /** A component with its defaults. */
    public static Use of(String name) {
        return new Use(name, Map.of());
    }
}
