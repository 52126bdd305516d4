package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.obverse.api.plugin.ApiVersion;
import org.obverse.api.plugin.Plugin;

/** Packs a plugin of these tests into a jar. */
public final class TestJar {
    private TestJar() {}

    /**
     * @param id the plugin's, and the jar's name
     * @param types its class and the others that it needs, each with those nested in it
     * @param files more entries by name
     */
    public static Path write(Path folder, String id, List<Class<?>> types, Map<String, String> files) {
        Manifest manifest = new Manifest();
        Attributes entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Obverse-Plugin", id);
        entries.putValue("Obverse-Plugin-Version", "1");
        entries.putValue("Obverse-Api", ApiVersion.CURRENT.toString());
        Path jar = folder.resolve(id + ".jar");
        try {
            Files.createDirectories(folder);
            // Another file of the same name: one that a class loader holds open is not written over.
            Files.deleteIfExists(jar);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (Class<?> type : types) {
                    for (Path file : classes(type)) {
                        put(out, folder(type) + "/" + file.getFileName(), Files.readAllBytes(file));
                    }
                }
                put(
                        out,
                        "META-INF/services/" + Plugin.class.getName(),
                        text(types.get(0).getName()));
                for (Map.Entry<String, String> file : files.entrySet()) {
                    put(out, file.getKey(), text(file.getValue()));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classes(Class<?> type) throws IOException {
        Path home =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        try (Stream<Path> files = Files.list(home.resolve(folder(type)))) {
            return files.filter(file -> String.valueOf(file.getFileName())
                            .matches(Pattern.quote(binaryName(type)) + "(\\$.*)?\\.class"))
                    .sorted()
                    .toList();
        }
    }

    private static String folder(Class<?> type) {
        return type.getPackageName().replace('.', '/');
    }

    /** Within its package. */
    private static String binaryName(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
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
