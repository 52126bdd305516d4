package org.obverse.engine.plugin;

import org.obverse.api.plugin.Component;

/** A component, and the plugin that brought it. */
public record Contribution<T>(LoadedPlugin plugin, Component<?, T> component) {
    /** For messages: {@code optimizer 'adam' of plugin 'ppa'}. */
    public String subject() {
        return "%s '%s' of plugin '%s'".formatted(component.kind(), component.name(), plugin.id());
    }
}
