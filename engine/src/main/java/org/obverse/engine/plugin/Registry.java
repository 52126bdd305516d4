package org.obverse.engine.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/** Every component of every plugin, by kind and name. Immutable; may be used from any thread. */
public final class Registry {
    private final List<LoadedPlugin> plugins;
    private final Map<Kind<?>, TreeMap<String, Contribution<?>>> components = new LinkedHashMap<>();

    private Registry(List<LoadedPlugin> plugins) {
        this.plugins =
                plugins.stream().sorted(Comparator.comparing(LoadedPlugin::id)).toList();
        Map<String, LoadedPlugin> ids = new LinkedHashMap<>();
        for (LoadedPlugin plugin : this.plugins) {
            Admission.check(plugin);
            LoadedPlugin other = ids.putIfAbsent(plugin.id(), plugin);
            if (other != null) {
                throw twice("the plugin id '" + plugin.id() + "'", other, plugin);
            }
            plugin.components().forEach(component -> add(plugin, component));
        }
    }

    private <T> void add(LoadedPlugin plugin, Component<?, T> component) {
        Contribution<?> other = components
                .computeIfAbsent(component.kind(), kind -> new TreeMap<>())
                .putIfAbsent(component.name(), new Contribution<>(plugin, component));
        if (other != null) {
            throw twice("the " + component.kind() + " '" + component.name() + "'", other.plugin(), plugin);
        }
    }

    private static PluginFailedException twice(String subject, LoadedPlugin one, LoadedPlugin other) {
        return new PluginFailedException(
                one.source() + " and " + other.source(),
                "%s is contributed twice, by %s '%s' and %s '%s'; names are unique, so remove one of the two"
                        .formatted(subject, "plugin", one.id(), "plugin", other.id()));
    }

    /**
     * The plugins that the class path declares.
     *
     * @throws PluginFailedException if one cannot be loaded, or two claim the same id or component name
     */
    public static Registry ofClassPath() {
        return new Registry(new ClassPath(Registry.class.getClassLoader()).plugins());
    }

    /**
     * Exactly these plugins, under the same rules; for tests.
     *
     * @throws PluginFailedException as {@link #ofClassPath}
     */
    public static Registry of(List<Plugin> plugins) {
        return new Registry(plugins.stream()
                .map(plugin -> new LoadedPlugin(plugin, List.of()))
                .toList());
    }

    static Registry of(ClassLoader loader) {
        return new Registry(new ClassPath(loader).plugins());
    }

    /** Sorted by id. */
    public List<LoadedPlugin> plugins() {
        return plugins;
    }

    /** The components of a kind, sorted by name. */
    public <T> List<Contribution<T>> all(Kind<T> kind) {
        List<Contribution<T>> all = new ArrayList<>();
        for (Contribution<?> contribution :
                components.getOrDefault(kind, new TreeMap<>()).values()) {
            all.add(of(kind, contribution));
        }
        return all;
    }

    public <T> Optional<Contribution<T>> find(Kind<T> kind, String name) {
        return Optional.ofNullable(
                        components.getOrDefault(kind, new TreeMap<>()).get(name))
                .map(contribution -> of(kind, contribution));
    }

    /**
     * @throws InvalidConfigurationException with {@link #missing} if there is none of that name
     */
    public <T> Contribution<T> require(Kind<T> kind, String name) {
        return find(kind, name).orElseThrow(() -> new InvalidConfigurationException(missing(kind, name)));
    }

    /** What is missing, what exists, what to add; its path is the key {@code use}. */
    public Problem missing(Kind<?> kind, String name) {
        List<String> known = all(kind).stream()
                .map(contribution -> contribution.component().name())
                .toList();
        String elsewhere = components.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(name))
                .map(entry -> "'" + name + "' is of the kind " + entry.getKey() + "; ")
                .findFirst()
                .orElse("");
        return new Problem(
                "use",
                "there is no " + kind + " '" + name + "'",
                elsewhere + Suggestion.of(name, "components of this kind", known)
                        + "; another one needs its plugin's jar on the class path");
    }

    /** A component is filed under its own kind, which says what it makes. */
    @SuppressWarnings("unchecked")
    private static <T> Contribution<T> of(Kind<T> kind, Contribution<?> contribution) {
        if (!contribution.component().kind().equals(kind)) {
            throw new IllegalStateException(contribution.subject() + " is filed as " + kind);
        }
        return (Contribution<T>) contribution;
    }
}
