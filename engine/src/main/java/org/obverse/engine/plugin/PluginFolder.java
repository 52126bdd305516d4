package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A folder of plugins: each jar in it is one, and so is each sub-folder of jars. Other files, and what starts with a dot,
 * are left alone.
 */
public final class PluginFolder {
    private final Path place;
    private final Trust trust;

    private PluginFolder(Path place, Trust trust) {
        this.place = place;
        this.trust = trust;
    }

    /** Which jars of a folder may be loaded. */
    public enum Trust {
        ANY,
        /** Those that the folder's {@code plugins.lock} names, with the bytes that it names. */
        LOCKED
    }

    /**
     * @throws InvalidConfigurationException if there is no such folder
     */
    public static PluginFolder of(Path place, Trust trust) {
        if (!Files.isDirectory(place)) {
            throw new InvalidConfigurationException(new Problem(
                    place.toString(),
                    Files.exists(place) ? "it is no folder" : "there is no such folder",
                    "--plugins names a folder in which each jar, or each sub-folder of jars, is one plugin"));
        }
        return new PluginFolder(place.toAbsolutePath().normalize(), trust);
    }

    /** What a folder holds: plugins, and what was refused. A refused one never keeps others from being loaded. */
    record Loaded(List<LoadedPlugin> plugins, List<Refusal> refusals) {}

    /**
     * Looks through all jars before it loads a class of any.
     *
     * @throws InvalidConfigurationException if only locked jars may be loaded and there is no lock
     */
    Loaded load() {
        Optional<PluginLock> lock = trust == Trust.LOCKED ? Optional.of(PluginLock.read(place)) : Optional.empty();
        List<Refusal> refusals = new ArrayList<>();
        Map<Bundle, Declaration> declared = new LinkedHashMap<>();
        for (Path plugin : places()) {
            attempt(refusals, () -> {
                refuseCircle(plugin);
                Bundle bundle = Bundle.of(plugin);
                lock.ifPresent(known -> known.require(bundle));
                declared.put(bundle, bundle.declaration());
            });
        }
        lock.ifPresent(known -> refusals.addAll(known.refusals()));
        List<LoadedPlugin> plugins = new ArrayList<>();
        declared.forEach(
                (bundle, declaration) -> attempt(refusals, () -> plugins.add(BundleLoader.load(bundle, declaration))));
        return new Loaded(plugins, refusals);
    }

    /** Its jars would be there twice, and each would be refused because of the other. */
    private void refuseCircle(Path plugin) {
        try {
            if (Files.isDirectory(plugin) && place.toRealPath().startsWith(plugin.toRealPath())) {
                throw new PluginFailedException(
                        plugin.toString(), "the link leads to a folder that it lies in itself; remove it");
            }
        } catch (IOException e) {
            throw new PluginFailedException(plugin.toString(), "it cannot be looked at (" + e + "); remove it");
        }
    }

    private static void attempt(List<Refusal> refusals, Runnable work) {
        try {
            work.run();
        } catch (PluginFailedException e) {
            refusals.add(e.refusal());
        }
    }

    /**
     * Locks the folder to the jars that lie in it now.
     *
     * @return the lock file
     */
    public Path writeLock() {
        return PluginLock.of(place, places().stream().map(Bundle::of).toList()).write();
    }

    private List<Path> places() {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(entry -> Bundle.isJar(entry) || Files.isDirectory(entry))
                    .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be listed", e);
        }
    }
}
