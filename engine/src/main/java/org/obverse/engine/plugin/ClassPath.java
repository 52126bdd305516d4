package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.plugin.Plugin;

/** Finds plugins, and the library modules that they share, on the class path. */
final class ClassPath {
    private static final String SERVICE = Bundle.SERVICE;
    private static final String HOUSE = "org/obverse";
    private static final List<String> NOT_LIBRARIES =
            List.of(HOUSE + "/api", HOUSE + "/engine", HOUSE + "/cli", HOUSE + "/testkit");

    private final ClassLoader loader;

    ClassPath(ClassLoader loader) {
        this.loader = loader;
    }

    List<LoadedPlugin> plugins() {
        refuseDoubles();
        List<Path> libraries = libraries();
        List<LoadedPlugin> plugins = new ArrayList<>();
        try {
            ServiceLoader.load(Plugin.class, loader).stream()
                    .forEach(provider -> plugins.add(new LoadedPlugin(create(provider), libraries)));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginFailedException(String.join(", ", declarations().keySet()), "looking for plugins", e);
        }
        return plugins;
    }

    private static Plugin create(ServiceLoader.Provider<Plugin> provider) {
        try {
            return provider.get();
        } catch (Throwable e) {
            Throwable failure = e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
            Class<?> type = provider.type();
            throw new PluginFailedException(
                    LoadedPlugin.source(type).toString(), "the constructor of " + type.getName(), failure);
        }
    }

    /** The JDK would take whichever of two comes first on the class path, without a word. */
    private void refuseDoubles() {
        Map<String, String> sources = new LinkedHashMap<>();
        declarations()
                .forEach((source, providers) -> providers.forEach(provider -> {
                    String other = sources.putIfAbsent(provider, source);
                    if (other != null) {
                        throw new PluginFailedException(
                                other + " and " + source,
                                "the plugin class " + provider + " is on the class path twice; remove one of the two");
                    }
                }));
    }

    /** Per jar or folder, the plugin classes that it declares. */
    private Map<String, List<String>> declarations() {
        Map<String, List<String>> declarations = new LinkedHashMap<>();
        for (URL file : resources(SERVICE)) {
            declarations.put(Content.root(file, SERVICE).toString(), Bundle.providers(text(file)));
        }
        return declarations;
    }

    /** Entries with classes of the house that are neither plugins nor one of its named modules, sorted. */
    private List<Path> libraries() {
        Set<Path> libraries = roots(HOUSE);
        libraries.removeAll(roots(SERVICE));
        NOT_LIBRARIES.forEach(name -> libraries.removeAll(roots(name)));
        return List.copyOf(libraries);
    }

    private Set<Path> roots(String name) {
        Set<Path> roots = new TreeSet<>();
        resources(name).forEach(resource -> roots.add(Content.root(resource, name)));
        return roots;
    }

    private List<URL> resources(String name) {
        try {
            return Collections.list(loader.getResources(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be searched for " + name, e);
        }
    }

    private static String text(URL file) {
        try (var in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
