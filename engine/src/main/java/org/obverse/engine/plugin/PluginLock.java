package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.RegularFile;

/**
 * The jars that may lie in a folder of plugins: {@code plugins.lock}, in the format of {@code sha256sum}.
 *
 * @param hashes SHA-256 by path, relative to the folder, with slashes
 */
record PluginLock(Path folder, Map<String, String> hashes) {
    private static final int LONGEST = 1_000_000;
    private static final String FILE = "plugins.lock";
    private static final String WAY_OUT = "write it with 'obverse plugins --plugins DIR --write-lock'";
    private static final String MISSING =
            "the jar is in " + FILE + " but not in the folder; restore it, or lock anew: " + WAY_OUT;

    /**
     * @throws InvalidConfigurationException if the folder has none, or it is damaged
     */
    static PluginLock read(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw problem(file, "there is no lock file, so --locked has nothing to compare with");
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        try {
            byte[] bytes = RegularFile.read(file, LONGEST, file.toString(), WAY_OUT);
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                String[] parts = line.split("  ", 2);
                if (parts.length != 2 || !parts[0].matches("[0-9a-f]{64}") || parts[1].isBlank()) {
                    throw problem(file, "the line '" + line + "' is not a SHA-256, two spaces and a path");
                }
                hashes.put(parts[1], parts[0]);
            }
        } catch (IOException e) {
            throw problem(file, "it cannot be read (" + e + ")");
        }
        return new PluginLock(folder, hashes);
    }

    private static InvalidConfigurationException problem(Path file, String message) {
        return new InvalidConfigurationException(new Problem(file.toString(), message, WAY_OUT));
    }

    /** The lock that admits exactly these. */
    static PluginLock of(Path folder, List<Bundle> bundles) {
        Map<String, String> hashes = new TreeMap<>();
        bundles.forEach(bundle -> bundle.hashes().forEach((jar, hash) -> hashes.put(name(folder, jar), hash)));
        return new PluginLock(folder, hashes);
    }

    private static String name(Path folder, Path jar) {
        return folder.relativize(jar).toString().replace('\\', '/');
    }

    Path write() {
        StringBuilder text = new StringBuilder();
        hashes.forEach(
                (path, hash) -> text.append(hash).append("  ").append(path).append('\n'));
        Path file = folder.resolve(FILE);
        try {
            ArtifactStore.writeWhole(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    /**
     * @throws PluginFailedException if a jar is not in the lock, is another one, or is missing from the bundle
     */
    void require(Bundle bundle) {
        bundle.hashes().forEach((jar, hash) -> {
            String locked = hashes.get(name(folder, jar));
            if (locked == null) {
                throw new PluginFailedException(
                        jar.toString(), "the jar is not in " + FILE + "; remove it, or admit it: " + WAY_OUT);
            }
            if (!locked.equals(hash)) {
                throw new PluginFailedException(
                        jar.toString(),
                        "the jar is not the one of %s (SHA-256 %s, locked: %s); restore it, or admit it: %s"
                                .formatted(FILE, hash, locked, WAY_OUT));
            }
        });
        for (Path jar : missing()) {
            if (jar.startsWith(bundle.place())) {
                throw new PluginFailedException(jar.toString(), MISSING);
            }
        }
    }

    /** What the lock names, the folder does not have, and no bundle lacks. */
    List<Refusal> refusals() {
        return missing().stream()
                .filter(jar ->
                        !Files.isDirectory(folder.resolve(folder.relativize(jar).getName(0))))
                .map(jar -> new Refusal(jar.toString(), MISSING))
                .toList();
    }

    private List<Path> missing() {
        return hashes.keySet().stream()
                .map(folder::resolve)
                .filter(jar -> !Files.isRegularFile(jar))
                .toList();
    }
}
