package org.obverse.engine.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/** Every component of every plugin, by kind and name. Immutable; may be used from any thread. */
public final class Registry {
    private final List<LoadedPlugin> plugins;
    private final List<Refusal> refusals;
    private final Map<Kind<?>, TreeMap<String, Contribution<?>>> components = new LinkedHashMap<>();

    private Registry(List<LoadedPlugin> plugins, List<Refusal> refusals) {
        this.plugins =
                plugins.stream().sorted(Comparator.comparing(LoadedPlugin::id)).toList();
        this.refusals = List.copyOf(refusals);
        for (LoadedPlugin plugin : this.plugins) {
            plugin.components()
                    .forEach(component -> components
                            .computeIfAbsent(component.kind(), kind -> new TreeMap<>())
                            .put(component.name(), new Contribution<>(plugin, component)));
        }
    }

    /** Under the rules for plugins that come with the program: one that breaks them breaks the program. */
    private static Registry ofAll(List<LoadedPlugin> plugins) {
        plugins.forEach(Admission::check);
        new Clashes(plugins).refusals().forEach(clash -> {
            throw new PluginFailedException(clash.source(), clash.reason());
        });
        return new Registry(plugins, List.of());
    }

    /**
     * The plugins that the class path declares: those that come with the program.
     *
     * @throws PluginFailedException if one cannot be loaded, or two claim the same id or component name
     */
    public static Registry ofClassPath() {
        return of(Registry.class.getClassLoader());
    }

    /**
     * Those of the class path, and those of some folders. What is wrong in a folder is refused and kept in mind, without
     * keeping the others from being loaded; of two that claim one name, both are refused, unless one comes with the program.
     *
     * @throws PluginFailedException as {@link #ofClassPath}
     * @throws InvalidConfigurationException if only locked jars may be loaded and a folder has no lock
     */
    public static Registry with(List<PluginFolder> folders) {
        List<LoadedPlugin> builtIn = ofClassPath().plugins();
        List<LoadedPlugin> all = new ArrayList<>(builtIn);
        List<Refusal> refusals = new ArrayList<>();
        for (PluginFolder folder : folders) {
            PluginFolder.Loaded loaded = folder.load();
            all.addAll(loaded.plugins());
            refusals.addAll(loaded.refusals());
        }
        Clashes clashes = new Clashes(all);
        refusals.addAll(clashes.refusals());
        all.removeIf(plugin -> clashes.concern(plugin) && !builtIn.contains(plugin));
        return new Registry(all, refusals);
    }

    /**
     * A plugin under examination, among those of the class path; it replaces the one of its id there.
     *
     * @param place a jar, or a folder with one plugin's jar and its libraries
     * @throws PluginFailedException if the plugin is refused
     */
    public static Subject withSubject(Path place) {
        if (!Files.exists(place)) {
            throw new InvalidConfigurationException(new Problem(
                    place.toString(),
                    "there is no such jar or folder",
                    "name a plugin's jar, or the folder with that jar and its libraries"));
        }
        Bundle bundle = Bundle.of(place.toAbsolutePath().normalize());
        LoadedPlugin subject = BundleLoader.load(bundle, bundle.declaration());
        List<LoadedPlugin> all = new ArrayList<>(ofClassPath().plugins());
        all.removeIf(plugin -> plugin.id().equals(subject.id()));
        all.add(subject);
        return new Subject(ofAll(all), subject);
    }

    /**
     * A registry and the one plugin in it that is examined.
     *
     * @param plugin the subject, which is one of the registry's
     */
    public record Subject(Registry registry, LoadedPlugin plugin) {}

    /**
     * Exactly these plugins, under the rules of the class path; for tests.
     *
     * @throws PluginFailedException as {@link #ofClassPath}
     */
    public static Registry of(List<Plugin> plugins) {
        return ofAll(plugins.stream()
                .map(plugin -> new LoadedPlugin(plugin, List.of()))
                .toList());
    }

    /**
     * These plugins and one more, such as what a conformance check works on.
     *
     * @throws PluginFailedException if its id or a component's name is taken
     */
    public Registry and(Plugin more) {
        List<LoadedPlugin> all = new ArrayList<>(plugins);
        all.add(new LoadedPlugin(more, List.of()));
        return ofAll(all);
    }

    static Registry of(ClassLoader loader) {
        return ofAll(new ClassPath(loader).plugins());
    }

    /** What the folders of plugins hold and was not loaded. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /**
     * Nothing is started while something is refused: what a plan names could otherwise come from elsewhere than meant.
     *
     * @throws PluginFailedException with everything that was refused
     */
    public void requireNothingRefused() {
        if (!refusals.isEmpty()) {
            throw new PluginFailedException(refusals);
        }
    }

    /** The plugin whose code threw something, or called what threw it; empty if none took part. */
    public Optional<LoadedPlugin> culprit(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .flatMap(frame -> plugins.stream().filter(plugin -> plugin.owns(frame)))
                .findFirst();
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
                        + "; another one comes with its plugin's jar, in a folder that --plugins names");
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
