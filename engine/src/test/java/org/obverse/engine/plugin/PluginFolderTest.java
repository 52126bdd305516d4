package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.plugin.PluginFolder.Trust;

/** What a folder of plugins may hold, and that what it may not hold keeps nothing else from being loaded. */
final class PluginFolderTest {
    @TempDir
    private Path folder = Path.of("");

    private Registry load() {
        return Registry.with(List.of(PluginFolder.of(folder, Trust.ANY)));
    }

    /** Beside a good plugin, which must be there whatever else is refused. */
    private String refused() {
        PluginJar.of("good").write(folder.resolve("good.jar"));
        Registry registry = load();
        assertTrue(registry.find(Kind.ATTACK, "good-attack").isPresent());
        assertEquals(1, registry.refusals().size(), () -> registry.refusals().toString());
        String said = registry.refusals().get(0).toString();
        String message = String.valueOf(assertThrows(PluginFailedException.class, registry::requireNothingRefused)
                .getMessage());
        assertTrue(message.contains(said), message);
        return said;
    }

    private static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
        }
    }

    @Test
    void each_jar_and_each_sub_folder_of_jars_is_a_plugin_and_other_files_are_left_alone() throws IOException {
        PluginJar.of("one").write(folder.resolve("one.jar"));
        PluginJar.of("two").write(folder.resolve("two/plugin.jar"));
        PluginJar.empty().file("library.txt", "").write(folder.resolve("two/library.jar"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.createDirectory(folder.resolve(".hidden"));

        Registry registry = load();

        assertEquals(List.of(), registry.refusals());
        registry.requireNothingRefused();
        LoadedPlugin one = registry.require(Kind.ATTACK, "one-attack").plugin();
        LoadedPlugin two = registry.require(Kind.ATTACK, "two-attack").plugin();
        assertEquals(folder.resolve("one.jar"), one.source());
        assertEquals(folder.resolve("two/plugin.jar"), two.source());
        assertEquals(
                List.of("library.jar", "plugin.jar"), List.copyOf(two.jars().keySet()));
        assertEquals(Sha256.of(folder.resolve("two/library.jar")), two.jars().get("library.jar"));
        assertTrue(registry.plugins().stream().anyMatch(plugin -> plugin.id().equals("fixture")), "built in");
    }

    @Test
    void the_content_of_a_folder_plugin_is_that_of_all_its_jars() {
        PluginJar.of("two").write(folder.resolve("two/plugin.jar"));
        PluginJar.empty().file("library.txt", "a").write(folder.resolve("two/library.jar"));
        String before = load().require(Kind.ATTACK, "two-attack").plugin().contentHash();
        PluginJar.empty().file("library.txt", "b").write(folder.resolve("two/library.jar"));

        assertFalse(
                before.equals(load().require(Kind.ATTACK, "two-attack").plugin().contentHash()));
    }

    @Test
    void two_plugins_of_one_id_are_both_refused_with_both_paths() {
        PluginJar.of("same", "first").write(folder.resolve("a.jar"));
        PluginJar.of("same", "second").write(folder.resolve("b.jar"));

        assertSays(
                refused(),
                folder.resolve("a.jar") + " and " + folder.resolve("b.jar"),
                "the plugin id 'same' is contributed twice",
                "remove all but one");
        assertTrue(load().find(Kind.ATTACK, "first").isEmpty());
        assertTrue(load().find(Kind.ATTACK, "second").isEmpty());
    }

    @Test
    void two_components_of_one_name_are_both_refused_with_both_paths() {
        PluginJar.of("one", "ascend").write(folder.resolve("a.jar"));
        PluginJar.of("two", "ascend").write(folder.resolve("b.jar"));

        assertSays(
                refused(),
                folder.resolve("a.jar") + " and " + folder.resolve("b.jar"),
                "the attack 'ascend' is contributed twice, by plugin 'one' and plugin 'two'");
        assertTrue(load().find(Kind.ATTACK, "ascend").isEmpty());
    }

    @Test
    void a_jar_that_claims_what_comes_with_the_program_is_refused_with_both_paths() {
        PluginJar.of("fixture", "climb").write(folder.resolve("a.jar"));

        assertSays(refused(), folder.resolve("a.jar").toString(), "test-classes", "the plugin id 'fixture'");
        assertEquals(
                Path.of("test-classes"),
                load().plugins().stream()
                        .filter(plugin -> plugin.id().equals("fixture"))
                        .findFirst()
                        .orElseThrow()
                        .source()
                        .getFileName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/obverse/api/plugin/Plugin.class",
                "ai/djl/ndarray/NDArray.class",
                "ai/djl/pytorch/engine/PtEngine.class",
                "org/slf4j/Logger.class",
                "org/jspecify/annotations/Nullable.class",
                "com/fasterxml/jackson/annotation/JsonProperty.class",
                "META-INF/versions/11/ai/djl/ndarray/NDArray.class"
            })
    void classes_that_the_engine_provides_do_not_belong_into_a_jar(String entry) {
        PluginJar.of("greedy").file(entry, "").write(folder.resolve("greedy.jar"));

        assertSays(refused(), "greedy.jar: ", entry, "give them the scope provided");
    }

    @Test
    void a_jar_without_a_plugin_is_refused() {
        PluginJar.of("none")
                .file("META-INF/services/org.obverse.api.plugin.Plugin", "# nobody\n")
                .write(folder.resolve("none.jar"));

        assertSays(refused(), "none.jar: there is no plugin inside", "META-INF/services/org.obverse.api.plugin.Plugin");
    }

    @Test
    void a_jar_with_two_plugins_is_refused() {
        PluginJar.of("pair").provider("com.example.Entry", "com.example.Other").write(folder.resolve("pair.jar"));

        assertSays(refused(), "pair.jar: several plugin classes", "com.example.Entry", "com.example.Other");
    }

    @Test
    void a_folder_with_two_plugins_is_refused() {
        PluginJar.of("one").write(folder.resolve("pair/one.jar"));
        PluginJar.of("two").write(folder.resolve("pair/two.jar"));

        assertSays(refused(), "one.jar and ", "two.jar: two jars of one folder", "a folder of its own");
    }

    @Test
    void a_plugin_class_that_is_missing_or_none_is_refused() {
        PluginJar.of("missing").provider("com.example.Nobody").write(folder.resolve("missing.jar"));

        assertSays(refused(), "missing.jar: making the plugin failed", "com.example.Nobody", "or remove it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public Entry() { | throw new NoClassDefFoundError("third/Party");
            String id() {    | if (true) throw new StackOverflowError("too deep");
            String version() { | if (true) throw new Error("odd");
            components() {   | if (true) throw new IllegalStateException("not now");
            """)
    void whatever_a_plugin_throws_while_it_is_listed_is_a_refusal(String method, String statement) {
        String source = PluginJar.plugin("faulty", "climb", "");
        PluginJar.of("faulty")
                .source(source.replace(method, method + statement))
                .write(folder.resolve("faulty.jar"));

        String thrown = statement.replaceFirst(".*new (\\w+).*", "$1");
        assertSays(refused(), "faulty.jar: ", " failed: ", thrown, "take a mended jar, or remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Obverse-Plugin", "Obverse-Plugin-Version", "Obverse-Api"})
    void a_manifest_without_one_of_the_entries_is_refused(String entry) {
        PluginJar.of("bare").without(entry).write(folder.resolve("bare.jar"));

        assertSays(refused(), "bare.jar: the jar's manifest has no entry " + entry + ";", "sub-folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.10 | version 0.10 of the API | update Obverse
            1.0  | version 1.0 of the API | update Obverse
            0.1  | version 0.1 of the API | rebuild the plugin against 0.9
            new  | Obverse-Api: new       | such as 0.9
            """)
    void another_version_of_the_api_is_refused_before_a_class_loads(String version, String rule, String wayOut) {
        PluginJar.of("other")
                .entry("Obverse-Api", version)
                .source(PluginJar.plugin("other", "climb", "throw new Error(\"was loaded\");"))
                .write(folder.resolve("other.jar"));

        String said = refused();
        assertSays(said, "other.jar: ", rule, wayOut);
        assertFalse(said.contains("was loaded"), said);
    }

    @Test
    void what_the_manifest_says_the_plugin_says_too() {
        PluginJar.of("mine").entry("Obverse-Plugin", "yours").write(folder.resolve("mine.jar"));
        assertSays(refused(), "mine.jar: ", "Obverse-Plugin: yours", "id() says 'mine'", "make the two equal");

        PluginJar.of("mine").entry("Obverse-Plugin-Version", "2").write(folder.resolve("mine.jar"));
        assertSays(refused(), "mine.jar: ", "Obverse-Plugin-Version: 2", "version() says '1'");
    }

    @Test
    void a_jar_of_which_only_a_part_arrived_is_refused() throws IOException {
        Path jar = PluginJar.of("half").write(folder.resolve("half.jar"));
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        assertSays(refused(), "half.jar: it cannot be read", "copy or build it again");

        whole[whole.length / 4] ^= 0x55;
        Files.write(jar, whole);
        assertSays(refused(), "half.jar: ");
    }

    @Test
    @Timeout(30)
    void what_is_called_a_jar_and_is_no_regular_file_is_refused_and_never_opened()
            throws IOException, InterruptedException {
        Path fifo = folder.resolve("odd.jar");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        assertSays(refused(), "odd.jar: is a FIFO, not a file; put a plugin's jar there, or remove it");

        Files.delete(fifo);
        Files.createSymbolicLink(fifo, Path.of("/dev/zero"));
        assertSays(refused(), "odd.jar: is a device, not a file");
    }

    @Test
    void a_link_to_the_folder_itself_keeps_no_plugin_from_being_loaded() throws IOException {
        Files.createSymbolicLink(folder.resolve("self"), folder);

        assertSays(refused(), "self: the link leads to a folder that it lies in itself; remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/services/org.obverse.api.plugin.Plugin"})
    void a_jar_whose_manifest_or_list_of_plugins_is_very_long_is_refused(String entry) throws IOException {
        append(PluginJar.of("bomb").write(folder.resolve("bomb.jar")), entry, 100_000_000L);

        assertSays(refused(), "bomb.jar: it cannot be read", entry + " has more than 1000000 bytes");
    }

    /** Longer than an array can be. */
    @Test
    void a_resource_that_fits_into_no_memory_keeps_no_plugin_from_being_loaded() throws IOException {
        append(PluginJar.of("large").write(folder.resolve("large.jar")), "large.bin", 2_200_000_000L);

        assertTrue(load().find(Kind.ATTACK, "large-attack").isPresent());
    }

    /** Adds an entry of zeros, or puts it in the place of one. */
    private static void append(Path jar, String name, long length) throws IOException {
        Path copy = jar.resolveSibling("copy");
        try (ZipFile old = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            out.setLevel(Deflater.BEST_SPEED);
            for (ZipEntry entry : old.stream().toList()) {
                if (!entry.getName().equals(name)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    old.getInputStream(entry).transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry(name));
            byte[] zeros = new byte[1_000_000];
            for (long left = length; left > 0; left -= zeros.length) {
                out.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
        }
        Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void an_empty_sub_folder_is_refused() throws IOException {
        Files.createDirectory(folder.resolve("nothing"));

        assertSays(refused(), "nothing: the folder has no jar", "or remove it");
    }

    @Test
    void a_jar_that_leads_the_loader_to_another_one_outside_is_refused() {
        PluginJar.empty().write(folder.resolve("outside/stranger.jar"));
        PluginJar.of("leader").entry("Class-Path", "../outside/stranger.jar").write(folder.resolve("in/leader.jar"));

        List<Refusal> refusals = load().refusals();
        assertTrue(
                refusals.stream()
                        .anyMatch(refusal -> refusal.source().endsWith("leader.jar")
                                && refusal.reason().contains("stranger.jar, which is no jar of the plugin")),
                refusals::toString);
    }

    @Test
    void a_folder_that_does_not_exist_is_a_problem() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> PluginFolder.of(folder.resolve("none"), Trust.ANY));

        assertSays(String.valueOf(refusal.getMessage()), "none: there is no such folder", "--plugins names a folder");
    }

    @Test
    void a_subject_replaces_the_plugin_of_its_id() {
        Path jar = PluginJar.of("fixture", "climb").write(folder.resolve("a.jar"));

        Registry.Subject subject = Registry.withSubject(jar);

        assertEquals(jar, subject.plugin().source());
        assertEquals(
                subject.plugin(),
                subject.registry().require(Kind.ATTACK, "climb").plugin());
        assertEquals(
                1,
                subject.registry().plugins().stream()
                        .filter(plugin -> plugin.id().equals("fixture"))
                        .count());
    }

    @Test
    void a_subject_may_be_a_folder_and_is_refused_with_its_reason() {
        Path place = folder.resolve("two");
        Path jar = PluginJar.of("two").write(place.resolve("plugin.jar"));
        assertEquals("two", Registry.withSubject(place).plugin().id());

        PluginJar.of("two").without("Obverse-Api").write(jar);
        assertSays(
                String.valueOf(assertThrows(PluginFailedException.class, () -> Registry.withSubject(place))
                        .getMessage()),
                jar.toString(),
                "no entry Obverse-Api");
    }
}
