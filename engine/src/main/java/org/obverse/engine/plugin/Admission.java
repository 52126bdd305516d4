package org.obverse.engine.plugin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Description;

/** What a plugin must keep to before any plan is read. */
final class Admission {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** Keys that a plan writes beside a component's own. */
    private static final Map<Kind<?>, Set<String>> RESERVED = Map.of(
            Kind.ATTACK, Set.of("target", "classes", "stages"),
            Kind.PREPARER, Set.of("target"),
            Kind.SAMPLER, Set.of("target"),
            Kind.OPTIMIZER, Set.of("target"),
            Kind.SELECTOR, Set.of("target"),
            Kind.METRIC, Set.of("target"),
            Kind.LISTENER, Set.of("best-effort"));

    private Admission() {}

    static void check(LoadedPlugin plugin) {
        if (!NAME.matcher(plugin.id()).matches()) {
            throw refusal(plugin, "the plugin id '" + plugin.id() + "' must be lower-case words joined by hyphens");
        }
        if (plugin.components().isEmpty()) {
            throw refusal(plugin, "plugin '" + plugin.id() + "' contributes no component; it must list at least one");
        }
        plugin.components().forEach(component -> check(plugin, component));
    }

    private static void check(LoadedPlugin plugin, Component<?, ?> component) {
        String subject = new Contribution<>(plugin, component).subject();
        if (!NAME.matcher(component.name()).matches()) {
            throw refusal(plugin, subject + " must be named with lower-case words joined by hyphens");
        }
        List<String> unwritable = plugin.call(
                "the configuration of " + subject, () -> Description.unwritableKeys(component.configurationType()));
        if (!unwritable.isEmpty()) {
            throw refusal(
                    plugin,
                    "%s has configuration keys that no plan can write: %s; use text, numbers, enums, Use, records, and lists or maps of these"
                            .formatted(subject, String.join(", ", unwritable)));
        }
        for (Description key : plugin.call("the defaults of " + subject, () -> Description.of(component.defaults()))) {
            if (key.key().equals(Binder.USE)
                    || RESERVED.getOrDefault(component.kind(), Set.of()).contains(key.key())) {
                throw refusal(
                        plugin,
                        "%s has a configuration key '%s', which plans use for something else; rename it"
                                .formatted(subject, key.key()));
            }
        }
    }

    private static PluginFailedException refusal(LoadedPlugin plugin, String reason) {
        return new PluginFailedException(plugin.source().toString(), reason);
    }
}
