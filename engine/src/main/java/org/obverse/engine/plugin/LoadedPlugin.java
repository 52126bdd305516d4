package org.obverse.engine.plugin;

import com.google.common.base.Suppliers;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Plugin;

/** A plugin that was asked what it contributes, and where it came from. Equal only to itself. */
public final class LoadedPlugin {
    private final Plugin plugin;
    private final Path source;
    private final String id;
    private final String version;
    private final List<Component<?, ?>> components;
    private final Supplier<String> contentHash;

    /**
     * @param libraries class-path entries whose code the plugin may run; part of its content hash
     * @throws PluginFailedException if the plugin throws
     */
    LoadedPlugin(Plugin plugin, List<Path> libraries) {
        this.plugin = plugin;
        this.source = source(plugin.getClass());
        this.id = call(plugin.getClass().getName() + ".id()", plugin::id);
        this.version = call(plugin.getClass().getName() + ".version()", plugin::version);
        this.components = call(plugin.getClass().getName() + ".components()", () -> List.copyOf(plugin.components()));
        this.contentHash = Suppliers.memoize(() -> Content.hash(source, libraries));
    }

    static Path source(Class<?> type) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        if (code == null) {
            throw new PluginFailedException(type.getName(), "the class says not where it was loaded from");
        }
        return Content.path(code.getLocation());
    }

    public String id() {
        return id;
    }

    public String version() {
        return version;
    }

    /** The jar or the folder that it was loaded from. */
    public Path source() {
        return source;
    }

    public List<Component<?, ?>> components() {
        return components;
    }

    /** The plugin's class loader, for resources such as {@code builtin:} weights. */
    public ClassLoader classes() {
        return plugin.getClass().getClassLoader();
    }

    /**
     * SHA-256, in hexadecimal, over the plugin's classes and resources and those of the library modules beside it; a jar
     * and the folder that it was made of have the same. Read on first use.
     */
    public String contentHash() {
        return contentHash.get();
    }

    /**
     * Runs code of the plugin and wraps what it throws, once, with the plugin's name and source.
     *
     * @param doing what is run, such as {@code the factory of optimizer 'adam'}
     * @throws InvalidConfigurationException as the plugin threw it
     * @throws PluginFailedException for any other Throwable
     */
    public <T> T call(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidConfigurationException | PluginFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw new PluginFailedException(source.toString(), doing, e);
        }
    }

    @Override
    public String toString() {
        return id + " " + version;
    }
}
