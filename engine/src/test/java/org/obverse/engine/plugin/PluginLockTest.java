package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.plugin.PluginFolder.Trust;

/** With {@code --locked}, strangers are refused by name before a class of them loads. */
final class PluginLockTest {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void two_plugins() {
        PluginJar.of("one").write(folder.resolve("one.jar"));
        PluginJar.of("two").write(folder.resolve("two/plugin.jar"));
        PluginJar.empty().file("library.txt", "a").write(folder.resolve("two/library.jar"));
    }

    private void lock() {
        PluginFolder.of(folder, Trust.ANY).writeLock();
    }

    private String refused() {
        List<Refusal> refusals =
                Registry.with(List.of(PluginFolder.of(folder, Trust.LOCKED))).refusals();
        assertEquals(1, refusals.size(), refusals::toString);
        return refusals.get(0).toString();
    }

    @Test
    void the_lock_is_what_sha256sum_writes() throws IOException {
        lock();

        assertEquals(
                List.of(
                        Sha256.of(folder.resolve("one.jar")) + "  one.jar",
                        Sha256.of(folder.resolve("two/library.jar")) + "  two/library.jar",
                        Sha256.of(folder.resolve("two/plugin.jar")) + "  two/plugin.jar"),
                Files.readAllLines(folder.resolve("plugins.lock")));
    }

    @Test
    @Timeout(30)
    void a_lock_that_is_no_regular_file_is_refused_and_never_opened() throws IOException, InterruptedException {
        Path lock = folder.resolve("plugins.lock");
        assertEquals(0, new ProcessBuilder("mkfifo", lock.toString()).start().waitFor());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> Registry.with(List.of(PluginFolder.of(folder, Trust.LOCKED))));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("plugins.lock: is a FIFO, not a file"),
                refusal::toString);
    }

    @Test
    void what_is_locked_is_loaded() {
        lock();
        Registry registry = Registry.with(List.of(PluginFolder.of(folder, Trust.LOCKED)));

        assertEquals(List.of(), registry.refusals());
        assertTrue(registry.plugins().stream().anyMatch(plugin -> plugin.id().equals("two")));
    }

    @Test
    void a_stranger_is_refused_before_its_class_loads() {
        lock();
        PluginJar.of("stranger")
                .source(PluginJar.plugin("stranger", "climb", "throw new Error(\"was loaded\");"))
                .write(folder.resolve("stranger.jar"));

        String said = refused();
        assertTrue(said.contains("stranger.jar: the jar is not in plugins.lock; remove it, or admit it"), said);
        assertFalse(said.contains("was loaded"), said);
    }

    @Test
    void a_changed_jar_is_refused() {
        lock();
        PluginJar.empty().file("library.txt", "b").write(folder.resolve("two/library.jar"));

        String said = refused();
        assertTrue(said.contains("library.jar: the jar is not the one of plugins.lock"), said);
    }

    @Test
    void a_missing_jar_is_refused_whether_it_was_a_plugin_or_a_library() throws IOException {
        lock();
        Files.delete(folder.resolve("one.jar"));
        assertTrue(refused().contains("one.jar: the jar is in plugins.lock but not in the folder"));

        PluginJar.of("one").write(folder.resolve("one.jar"));
        lock();
        Files.delete(folder.resolve("two/library.jar"));
        assertTrue(refused().contains("library.jar: the jar is in plugins.lock but not in the folder"));
    }

    @Test
    void without_a_lock_there_is_nothing_to_compare_with() throws IOException {
        assertProblem("there is no lock file, so --locked has nothing to compare with");
        Files.writeString(folder.resolve("plugins.lock"), "abc one.jar\n");
        assertProblem("the line 'abc one.jar' is not a SHA-256, two spaces and a path");
    }

    private void assertProblem(String rule) {
        String said = String.valueOf(assertThrows(
                        InvalidConfigurationException.class,
                        () -> Registry.with(List.of(PluginFolder.of(folder, Trust.LOCKED))))
                .getMessage());
        assertTrue(said.contains(rule) && said.contains("--write-lock"), said);
    }
}
