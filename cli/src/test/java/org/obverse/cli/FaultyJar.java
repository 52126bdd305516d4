package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.obverse.api.plugin.ApiVersion;
import org.obverse.api.plugin.Plugin;

/** Packs {@link FaultyPlugin} into a jar. */
final class FaultyJar {
    private FaultyJar() {}

    /** A jar without a fault. */
    static Path mended(Path folder) {
        return write(folder, "");
    }

    /**
     * @param fault the place and what is thrown there, such as {@code optimize NoClassDefFoundError}
     */
    static Path write(Path folder, String fault) {
        Manifest manifest = new Manifest();
        Attributes entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Obverse-Plugin", "faulty");
        entries.putValue("Obverse-Plugin-Version", "1");
        entries.putValue("Obverse-Api", ApiVersion.CURRENT.toString());
        Path jar = folder.resolve("faulty.jar");
        try {
            Files.createDirectories(folder);
            // Another file of the same name: one that a class loader holds open is not written over.
            Files.deleteIfExists(jar);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (Path file : classes()) {
                    put(out, "org/obverse/cli/" + file.getFileName(), Files.readAllBytes(file));
                }
                put(out, "META-INF/services/" + Plugin.class.getName(), text(FaultyPlugin.class.getName()));
                put(out, Fault.FILE, text(fault.isEmpty() ? "nowhere nothing" : fault));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classes() throws IOException {
        Path home = Path.of(FaultyPlugin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (Stream<Path> files = Files.list(home.resolve("org/obverse/cli"))) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("Fault(yPlugin)?(\\$.*)?\\.class"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
