package org.obverse.engine.plan;

import java.util.Objects;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;

/**
 * A component with the configuration that a plan gives it, bound and checked.
 *
 * @param plugin that brought the component
 * @param configuration an instance of the component's configuration type
 * @param <T> what the component makes
 */
public record PlannedComponent<T>(LoadedPlugin plugin, Component<?, T> component, Record configuration) {
    public PlannedComponent {
        if (!component.configurationType().isInstance(configuration)) {
            throw new IllegalArgumentException(configuration + " does not configure " + component.name());
        }
    }

    /** The component's name, as plans write it. */
    public String name() {
        return component.name();
    }

    /** For messages: {@code optimizer 'adam' of plugin 'ppa'}. */
    public String subject() {
        return new Contribution<>(plugin, component).subject();
    }

    /**
     * @throws org.obverse.engine.plugin.PluginFailedException if the plugin throws
     */
    public Requirements requirements() {
        return plugin.call("the requirements of " + subject(), () -> requirements(component, configuration));
    }

    /**
     * Calls the component's factory. An attacker that asks for a data set fails.
     *
     * @throws org.obverse.api.plugin.InvalidConfigurationException as the factory threw it
     * @throws org.obverse.engine.plugin.PluginFailedException if it throws anything else
     */
    public T create(Resources resources) {
        return plugin.call("the factory of " + subject(), () -> {
            T made = create(
                    component, configuration, AttackersResources.of(component.kind(), component.name(), resources));
            return Objects.requireNonNull(made, "it made nothing");
        });
    }

    private static <C extends Record> Requirements requirements(Component<C, ?> component, Record configuration) {
        return component.requirements().apply(component.configurationType().cast(configuration));
    }

    private static <C extends Record, T> T create(
            Component<C, T> component, Record configuration, Resources resources) {
        return component.factory().create(component.configurationType().cast(configuration), resources);
    }
}
