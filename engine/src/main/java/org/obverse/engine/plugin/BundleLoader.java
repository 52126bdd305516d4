package org.obverse.engine.plugin;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.obverse.api.plugin.Plugin;

/** Loads the plugin of a bundle, in a class loader of its own that lives as long as the program. */
final class BundleLoader {
    private BundleLoader() {}

    /**
     * @param declared what the bundle's manifest says
     * @throws PluginFailedException if the plugin throws, says another id or version than its manifest, or breaks a rule of
     *     {@link Admission}
     */
    static LoadedPlugin load(Bundle bundle, Declaration declared) {
        String hash = content(bundle);
        PluginClassLoader loader = new PluginClassLoader(declared.id(), urls(bundle), Plugin.class.getClassLoader());
        LoadedPlugin plugin = new LoadedPlugin(provider(bundle, loader), bundle, hash);
        requireEqual(bundle, Declaration.ID, declared.id(), "id", plugin.id());
        requireEqual(bundle, Declaration.VERSION, declared.version(), "version", plugin.version());
        Admission.check(plugin);
        return plugin;
    }

    /** Also finds a jar of which only a part arrived: every byte of every entry is read. */
    private static String content(Bundle bundle) {
        try {
            List<Path> jars = bundle.jars();
            return Content.hash(jars.get(0), jars.subList(1, jars.size()));
        } catch (UncheckedIOException e) {
            throw new PluginFailedException(
                    bundle.place().toString(), "it cannot be read (" + e.getCause() + "); copy or build it again");
        }
    }

    private static Plugin provider(Bundle bundle, PluginClassLoader loader) {
        try {
            return ServiceLoader.load(Plugin.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .findFirst()
                    .map(ServiceLoader.Provider::get)
                    .orElseThrow(() -> new PluginFailedException(
                            bundle.place().toString(), "the plugin's class is not in its own jar; pack it there"));
        } catch (PluginFailedException e) {
            throw e;
        } catch (Throwable e) {
            Throwable failure = e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
            throw new PluginFailedException(bundle.place().toString(), "making the plugin", failure);
        }
    }

    private static void requireEqual(Bundle bundle, String entry, String declared, String method, String said) {
        if (!declared.equals(said)) {
            throw new PluginFailedException(
                    bundle.place().toString(),
                    "the manifest says %s: %s, but the plugin's %s() says '%s'; make the two equal"
                            .formatted(entry, declared, method, said));
        }
    }

    private static URL[] urls(Bundle bundle) {
        return bundle.jars().stream().map(BundleLoader::url).toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(jar + " cannot be loaded from", e);
        }
    }
}
