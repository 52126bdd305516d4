package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
    @TempDir
    private Path folder;

    private Path classes;

    @BeforeEach
    void aFolderOfClasses() throws IOException {
        classes = folder.resolve("classes");
        write(classes.resolve("org/example/A.class"), "a");
        write(classes.resolve("weights/b.safetensors"), "b");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                String[] parts = entry.split("=", 2);
                out.putNextEntry(new JarEntry(parts[0]));
                out.write(parts[1].getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }

    private static String hash(Path root) {
        return Content.hash(root, List.of());
    }

    @Test
    void a_jar_and_the_folder_it_was_made_of_have_the_same_hash() throws IOException {
        Path jar = jar(
                "a.jar",
                "META-INF/MANIFEST.MF=Manifest-Version: 1.0",
                "META-INF/maven/x/pom.properties=when",
                "weights/b.safetensors=b",
                "org/example/A.class=a");
        assertEquals(hash(classes), hash(jar));
        assertTrue(hash(jar).matches("[0-9a-f]{64}"));
    }

    @Test
    void another_byte_gives_another_hash() throws IOException {
        String before = hash(classes);
        write(classes.resolve("weights/b.safetensors"), "c");
        assertNotEquals(before, hash(classes));
    }

    @Test
    void another_name_gives_another_hash() throws IOException {
        String before = hash(classes);
        Files.move(classes.resolve("org/example/A.class"), classes.resolve("org/example/B.class"));
        assertNotEquals(before, hash(classes));
    }

    @Test
    void a_library_beside_it_gives_another_hash() throws IOException {
        Path library = jar("library.jar", "org/example/L.class=l");
        assertNotEquals(hash(classes), Content.hash(classes, List.of(library)));
    }

    @Test
    void a_plugin_knows_the_hash_of_its_own_classes() {
        LoadedPlugin plugin =
                Registry.of(List.of(FaultyPlugins.fine("a", "b"))).plugins().get(0);
        assertEquals(hash(plugin.source()), plugin.contentHash());
    }

    @Test
    void the_root_of_a_resource_is_its_jar_or_folder() throws IOException {
        URL inJar = URI.create("jar:" + folder.resolve("a b.jar").toUri() + "!/org/obverse")
                .toURL();
        assertEquals(folder.resolve("a b.jar"), Content.root(inJar, "org/obverse"));
        URL inFolder = classes.resolve("org/example").toUri().toURL();
        assertEquals(classes, Content.root(inFolder, "org/example/"));
    }
}
