package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads one plugin: its own jars, the JDK, and the shared packages of the engine. It sees neither the engine nor another
 * plugin, and a package is never taken from two places.
 */
final class PluginClassLoader extends URLClassLoader {
    private final ClassLoader engine;

    static {
        registerAsParallelCapable();
    }

    /**
     * @param plugin the plugin's id, which stack traces then show
     * @param engine who provides the shared packages
     */
    PluginClassLoader(String plugin, URL[] jars, ClassLoader engine) {
        super(plugin, jars, ClassLoader.getPlatformClassLoader());
        this.engine = engine;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return SharedPackages.hold(name) ? engine.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return SharedPackages.hold(name) ? engine.getResource(name) : super.getResource(name);
    }

    /** Past the JDK's cache of open jars, which all loaders share and which survives a replaced file. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        URL resource = getResource(name);
        if (resource == null) {
            return null;
        }
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return SharedPackages.hold(name) ? engine.getResources(name) : super.getResources(name);
    }
}
