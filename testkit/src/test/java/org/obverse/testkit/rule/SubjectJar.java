package org.obverse.testkit.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.obverse.api.plugin.ApiVersion;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Packs subjects as an author would. */
final class SubjectJar {
    private static final String PACKAGE = "org/obverse/testkit/subject";

    private SubjectJar() {}

    /**
     * @param entries class files of the package of the subjects, relative to it, that go into the jar
     */
    static Path write(Path jar, Class<? extends Plugin> plugin, Predicate<Path> entries) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Obverse-Plugin", "subjects");
        main.putValue("Obverse-Plugin-Version", "1");
        main.putValue("Obverse-Api", ApiVersion.CURRENT.toString());
        Path home = Path.of(plugin.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolve(PACKAGE);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path file : classes(home)) {
                Path relative = home.relativize(file);
                if (entries.test(relative)) {
                    put(out, PACKAGE + "/" + relative, Files.readAllBytes(file));
                }
            }
            put(out, "META-INF/services/" + Plugin.class.getName(), text(plugin.getName()));
            put(out, Notes.RESOURCE, text(notes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    private static List<Path> classes(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A part that is not declared cannot be found by the kit; whether it matters has to be noted. */
    private static String notes() {
        StringBuilder notes = new StringBuilder("""
                bench:
                  data: { use: bench-swatches, size: 8 }
                  generator: { use: bench-generator, size: 8 }
                components:
                """);
        for (Kind<?> kind : Kind.all()) {
            notes.append(
                    "  %s/unknown-keys-are-refused: { keys: { part: { value: { use: honest } } } }%n".formatted(kind));
        }
        return notes.toString();
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
