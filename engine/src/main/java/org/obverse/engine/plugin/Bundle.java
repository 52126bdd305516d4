package org.obverse.engine.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Plugin;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.artifact.Sha256;

/**
 * The jars of one plugin, looked through but not loaded.
 *
 * @param place the jar, or the folder of jars
 * @param jars sorted by name
 * @param hashes SHA-256 of each jar's bytes, by the jar
 */
record Bundle(Path place, List<Path> jars, Map<Path, String> hashes) {
    /** Of a manifest or a service file, in bytes. */
    private static final int LONGEST = 1_000_000;

    static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    /**
     * @param place a jar or a folder of jars
     * @throws PluginFailedException if there is no jar, or one cannot be read
     */
    static Bundle of(Path place) {
        List<Path> jars = Files.isDirectory(place) ? jarsIn(place) : List.of(place);
        if (jars.isEmpty()) {
            throw new PluginFailedException(
                    place.toString(),
                    "the folder has no jar; put the plugin's jar and its libraries into it, or remove it");
        }
        Map<Path, String> hashes = new LinkedHashMap<>();
        for (Path jar : jars) {
            try {
                RegularFile.require(jar, jar.toString(), "");
                hashes.put(jar, Sha256.of(jar));
            } catch (InvalidConfigurationException e) {
                throw new PluginFailedException(
                        jar.toString(), e.problems().get(0).message() + "; put a plugin's jar there, or remove it");
            } catch (IOException e) {
                throw unreadable(jar, e);
            }
        }
        return new Bundle(place, jars, hashes);
    }

    static List<Path> jarsIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Bundle::isJar).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static boolean isJar(Path file) {
        return String.valueOf(file.getFileName()).endsWith(".jar") && !Files.isDirectory(file);
    }

    /**
     * What the manifest of the one jar that has it declares.
     *
     * @throws PluginFailedException if that, or anything else that can be seen without loading a class, is wrong
     */
    Declaration declaration() {
        Map<Path, Manifest> manifests = new LinkedHashMap<>();
        Map<String, Path> providers = new LinkedHashMap<>();
        for (Path jar : jars) {
            try (JarFile open = new JarFile(jar.toFile())) {
                refuseSharedClasses(jar, open);
                Manifest manifest = manifest(open);
                refuseStrangers(jar, manifest);
                manifests.put(jar, manifest);
                providers(open).forEach(provider -> providers.put(provider, jar));
            } catch (IOException | SecurityException | IllegalArgumentException e) {
                throw unreadable(jar, e);
            }
        }
        Path declaring = declaring(manifests);
        Declaration declaration = Declaration.of(manifests.getOrDefault(declaring, new Manifest()), declaring);
        requireOneProvider(providers);
        return declaration;
    }

    private Path declaring(Map<Path, Manifest> manifests) {
        List<Path> found = jars.stream()
                .filter(jar -> Declaration.isIn(manifests.getOrDefault(jar, new Manifest())))
                .toList();
        if (found.size() > 1) {
            throw new PluginFailedException(
                    found.get(0) + " and " + found.get(1),
                    "two jars of one folder have the manifest entries of a plugin; a folder is one plugin and its"
                            + " libraries, so give each plugin a folder of its own");
        }
        if (found.isEmpty() && jars.size() > 1) {
            throw new PluginFailedException(
                    place.toString(),
                    "no jar of the folder has the manifest entry " + Declaration.ID + "; the plugin's own must have it,"
                            + " so let its build write it");
        }
        return found.isEmpty() ? jars.get(0) : found.get(0);
    }

    private static void refuseSharedClasses(Path jar, JarFile open) {
        List<String> shared = open.stream()
                .map(ZipEntry::getName)
                .filter(SharedPackages::forbid)
                .toList();
        if (!shared.isEmpty()) {
            throw new PluginFailedException(
                    jar.toString(),
                    "the jar contains %d classes that the engine provides, such as %s; give them the scope provided in the plugin's build, so that there is one of each"
                            .formatted(shared.size(), shared.get(0)));
        }
    }

    /** A class loader follows {@code Class-Path}; whatever lies there is neither hashed nor locked. */
    private void refuseStrangers(Path jar, Manifest manifest) {
        String entries = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        for (String entry : entries == null ? new String[0] : entries.strip().split("\\s+", -1)) {
            URI named = jar.toUri().resolve(URI.create(entry));
            boolean file = "file".equals(named.getScheme());
            if (!file || (Files.exists(Path.of(named)) && !jars.contains(Path.of(named)))) {
                throw new PluginFailedException(
                        jar.toString(),
                        "the manifest's Class-Path names " + named + ", which is no jar of the plugin; put it into the"
                                + " plugin's folder, or drop the entry");
            }
        }
    }

    private static List<String> providers(JarFile open) throws IOException {
        ZipEntry file = open.getEntry(SERVICE);
        if (file == null) {
            return List.of();
        }
        return providers(new String(bytes(open, file), StandardCharsets.UTF_8));
    }

    /** Class loaders take any case for the name. */
    private static Manifest manifest(JarFile open) throws IOException {
        Optional<JarEntry> file = open.stream()
                .filter(entry -> entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME))
                .findFirst();
        return file.isEmpty() ? new Manifest() : new Manifest(new ByteArrayInputStream(bytes(open, file.get())));
    }

    /** What the entry says of its own length may be wrong. */
    private static byte[] bytes(JarFile open, ZipEntry file) throws IOException {
        try (InputStream in = open.getInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException(file.getName() + " has more than " + LONGEST + " bytes");
            }
            return bytes;
        }
    }

    /** The class names in a service file. */
    static List<String> providers(String serviceFile) {
        return serviceFile
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private void requireOneProvider(Map<String, Path> providers) {
        if (providers.isEmpty()) {
            throw new PluginFailedException(
                    place.toString(),
                    "there is no plugin inside: no jar has the file " + SERVICE
                            + "; add it, with the name of the class that" + " implements Plugin");
        }
        if (providers.size() > 1) {
            List<String> named = new ArrayList<>();
            providers.forEach((provider, jar) -> named.add(provider + " of " + jar.getFileName()));
            throw new PluginFailedException(
                    place.toString(),
                    "several plugin classes are declared: " + String.join(", ", named)
                            + "; a jar, or a folder of jars, is one plugin, so give each a jar of its own, and share code"
                            + " through libraries");
        }
    }

    private static PluginFailedException unreadable(Path file, Exception reason) {
        return new PluginFailedException(
                file.toString(), "it cannot be read (" + reason + "); copy or build it again, or remove it");
    }
}
