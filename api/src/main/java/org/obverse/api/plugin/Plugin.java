package org.obverse.api.plugin;

import java.util.List;

/**
 * The one service type of a plugin jar: its table of contents.
 *
 * <p>The engine finds implementations with {@link java.util.ServiceLoader}, makes one instance per run of the program
 * and calls each method once, on the main thread, before any configuration is read. An implementation needs a public
 * constructor without parameters and does nothing but list.
 *
 * <p>A jar from a folder of plugins has one implementation, and a manifest that says {@code Obverse-Plugin} (the id), {@code
 * Obverse-Plugin-Version} and {@code Obverse-Api} (the {@link ApiVersion} that it was built against). Its class loader sees the
 * JDK, the plugin's own jars, and of the engine only this API, {@code ai.djl} without the native engine, SLF4J, JSpecify and the
 * Jackson annotations, none of which may be in the jar.
 */
public interface Plugin {
    /** A name for messages, manifests and {@code --accept-changed}: lower case, words joined by hyphens, never changed. */
    String id();

    /** The version that manifests record, such as {@code 1.2.0}. */
    String version();

    /** Everything that the jar contributes; names are unique per kind over all loaded plugins. */
    List<Component<?, ?>> components();
}
