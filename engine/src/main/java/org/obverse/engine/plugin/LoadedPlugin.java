package org.obverse.engine.plugin;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Plugin;
import org.obverse.engine.artifact.Sha256;

/** A plugin that was asked what it contributes, and where it came from. Equal only to itself. */
public final class LoadedPlugin {
    private final Plugin plugin;
    private final Path source;
    private final String id;
    private final String version;
    private final List<Component<?, ?>> components;
    private final Supplier<String> contentHash;
    private final Supplier<Map<String, String>> jars;

    /**
     * A plugin of the class path.
     *
     * @param libraries class-path entries whose code the plugin may run; part of its content hash
     * @throws PluginFailedException if the plugin throws
     */
    LoadedPlugin(Plugin plugin, List<Path> libraries) {
        this(
                plugin,
                source(plugin.getClass()),
                source -> Content.hash(source, libraries),
                source -> Files.isDirectory(source) ? Map.of() : Map.of(name(source), sha256(source)));
    }

    /**
     * A plugin of a folder of plugins.
     *
     * @param content hash of the bundle's classes and resources
     * @throws PluginFailedException if the plugin throws
     */
    LoadedPlugin(Plugin plugin, Bundle bundle, String content) {
        this(plugin, source(plugin.getClass()), source -> content, source -> {
            Map<String, String> jars = new TreeMap<>();
            bundle.hashes().forEach((jar, hash) -> jars.put(name(jar), hash));
            return jars;
        });
    }

    private LoadedPlugin(
            Plugin plugin, Path source, Function<Path, String> content, Function<Path, Map<String, String>> jars) {
        this.plugin = plugin;
        this.source = source;
        this.id = said("id()", plugin::id);
        this.version = said("version()", plugin::version);
        this.components = said("components()", () -> List.copyOf(plugin.components()));
        this.contentHash = Suppliers.memoize(() -> content.apply(source));
        this.jars = Suppliers.memoize(() -> jars.apply(source));
    }

    private <T> T said(String method, Supplier<T> answer) {
        String doing = plugin.getClass().getName() + "." + method;
        return call(doing, () -> Objects.requireNonNull(answer.get(), "null"));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
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

    /** A resource of the plugin's own jar or folder, not one of the same name that lies elsewhere on the class path. */
    public Optional<URL> resource(String name) {
        try {
            return Collections.list(classes().getResources(name)).stream()
                    .filter(place -> Content.root(place, name).equals(source))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + name + " in " + source, e);
        }
    }

    /**
     * SHA-256, in hexadecimal, over the plugin's classes and resources and those of the library modules beside it; a jar
     * and the folder that it was made of have the same. Read on first use.
     */
    public String contentHash() {
        return contentHash.get();
    }

    /** SHA-256 of the bytes of each of its jars, by file name; empty for a folder of classes. */
    public Map<String, String> jars() {
        return jars.get();
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

    /** Whether code of the plugin, not of a library beside it, was running there. */
    boolean owns(StackTraceElement frame) {
        if (classes() instanceof PluginClassLoader) {
            return id.equals(frame.getClassLoaderName());
        }
        try {
            return source(Class.forName(frame.getClassName(), false, classes())).equals(source);
        } catch (ClassNotFoundException | LinkageError | PluginFailedException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return id + " " + version;
    }
}
