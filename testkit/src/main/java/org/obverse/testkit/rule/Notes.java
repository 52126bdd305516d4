package org.obverse.testkit.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.testkit.bench.Layout;

/**
 * What an author says about trying a plugin, in the resource {@value #RESOURCE} of its jar: on which bench, with settings
 * small enough to be tried in seconds, and where a parameter matters.
 *
 * <pre>{@code
 * bench: { target: { use: my-network } }
 * components:
 *   optimizer/my-search:
 *     settings: { steps: 3 }
 *     keys:
 *       momentum: { within: { method: heavy-ball }, value: 0.5 }
 * }</pre>
 *
 * @param bench what the components are tried on
 * @param components by kind and name, {@code kind/name}
 */
public record Notes(Layout bench, Map<String, Entry> components) {
    /** Where the notes lie in a jar. */
    public static final String RESOURCE = "META-INF/obverse/conformance.yaml";

    static final Notes NONE = new Notes(Layout.DEFAULT, Map.of());

    /**
     * One component.
     *
     * @param settings over its defaults
     * @param keys by dotted key, where it matters
     * @param pixels height and width of the images that a classifier is shown; 0 is that of the bench's data
     */
    record Entry(Mapping settings, Map<String, Place> keys, int pixels) {
        static final Entry NONE = new Entry(Node.nothing(), Map.of(), 0);
    }

    /**
     * Where a parameter matters.
     *
     * @param within settings over those of the component
     * @param value another one than there
     * @param with further settings that the other value needs
     */
    record Place(Mapping within, Node value, Mapping with) {}

    /** Top level of the file; entries are read key by key. */
    private record Sections(@Meaning("the bench") Layout bench) {}

    /**
     * @throws InvalidConfigurationException if the file cannot be understood
     */
    static Notes of(LoadedPlugin plugin) {
        Optional<URL> place = plugin.resource(RESOURCE);
        if (place.isEmpty()) {
            return NONE;
        }
        try (InputStream bytes = place.get().openStream()) {
            return read(new String(bytes.readAllBytes(), StandardCharsets.UTF_8), plugin.id());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + place.get(), e);
        }
    }

    static Notes read(String text, String plugin) {
        String source = RESOURCE + " of plugin '" + plugin + "'";
        if (!(Yaml.read(text, source) instanceof Mapping root)) {
            throw refused(source, "the notes consist of keys and values", "begin with bench: or components:");
        }
        Binder binder = new Binder();
        Layout bench = binder.bind(new Sections(Layout.DEFAULT), root.without(Set.of("components")), "")
                .bench();
        Map<String, Entry> entries = new LinkedHashMap<>();
        mapping(root, "components", source).entries().forEach((name, node) -> {
            if (node instanceof Mapping entry) {
                binder.refuseUnknown(entry, "components." + name, Set.of("settings", "keys", "pixels"));
                entries.put(name, entry(entry, source));
            } else {
                throw refused(source, "'" + name + "' says nothing", "write settings: and keys:");
            }
        });
        if (!binder.problems().isEmpty()) {
            throw new InvalidConfigurationException(binder.problems());
        }
        return new Notes(bench, entries);
    }

    private static Entry entry(Mapping entry, String source) {
        Map<String, Place> keys = new LinkedHashMap<>();
        mapping(entry, "keys", source).entries().forEach((key, node) -> {
            Node value = node.child("value")
                    .orElseThrow(() -> refused(source, "'" + key + "' names no other value", "write value: …"));
            keys.put(key, new Place(mapping(node, "within", source), value, mapping(node, "with", source)));
        });
        int pixels = entry.child("pixels")
                .map(node -> {
                    if (node.plain() instanceof Integer size && size > 0) {
                        return size;
                    }
                    throw refused(source, "'pixels' is a whole number, found " + node.found(), "write pixels: 64");
                })
                .orElse(0);
        return new Entry(mapping(entry, "settings", source), keys, pixels);
    }

    private static Mapping mapping(Node parent, String key, String source) {
        Optional<Node> child = parent.child(key);
        if (child.isEmpty()) {
            return Node.nothing();
        }
        if (child.get() instanceof Mapping mapping) {
            return mapping;
        }
        throw refused(
                source,
                "'" + key + "' consists of keys and values, found "
                        + child.get().found(),
                "");
    }

    private static InvalidConfigurationException refused(String source, String message, String wayOut) {
        return new InvalidConfigurationException(List.of(new Problem(source, message, wayOut)));
    }

    Entry of(String component) {
        return components.getOrDefault(component, Entry.NONE);
    }

    /** Settings that the author gives a component of this plugin. */
    Use settled(String kind, Use use) {
        Mapping given = of(kind + "/" + use.name()).settings();
        Map<String, Object> settings = new LinkedHashMap<>(use.settings());
        given.entries().forEach((key, value) -> settings.put(key, value.plain()));
        return new Use(use.name(), settings);
    }
}
