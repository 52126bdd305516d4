package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.study.Manifest;

/** Jars from a folder, on the command line. */
final class PluginsTest {
    private static final String PLAN = """
            name: heard
            data: { use: toy2d-blobs, points: 30 }
            generator: { use: toy2d-plane }
            listeners: [ { use: faulty-listener } ]
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path plugins = Path.of("");

    @BeforeEach
    void a_folder_with_a_plugin() {
        plugins = folder.resolve("plugins");
        FaultyJar.mended(plugins);
    }

    private Path plan() throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), PLAN);
    }

    private Invocation run(Object... more) throws IOException {
        Object[] words = new Object[6 + more.length];
        System.arraycopy(
                new Object[] {"run", plan(), "--runs", folder.resolve("runs"), "--plugins", plugins}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return Invocation.of(words);
    }

    private void breakOne() throws IOException {
        Files.writeString(plugins.resolve("broken.jar"), "no zip");
    }

    @Test
    void plugins_of_a_folder_are_listed_beside_ours() {
        Invocation listed = Invocation.of("plugins", "--plugins", plugins);

        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains("faulty-optimizer"), listed.out());
        assertTrue(listed.out().contains(plugins.resolve("faulty.jar").toString()), listed.out());
        assertTrue(listed.out().contains("latent-adam"), listed.out());
    }

    @Test
    void a_broken_jar_does_not_keep_others_from_being_listed_but_the_command_says_so() throws IOException {
        breakOne();
        Invocation listed = Invocation.of("plugins", "--plugins", plugins);

        assertEquals(3, listed.code());
        assertTrue(listed.out().contains("faulty-optimizer"), listed.out());
        String refused = listed.out().substring(listed.out().indexOf("\nrefused"));
        assertTrue(refused.contains("broken.jar: it cannot be read"), refused);
    }

    @Test
    void nothing_is_started_while_something_is_refused() throws IOException {
        breakOne();
        for (String command : new String[] {"run", "train", "demo", "resume"}) {
            Invocation refused = command.equals("demo")
                    ? Invocation.of(command, "--plugins", plugins)
                    : Invocation.of(command, plan(), "--plugins", plugins);

            assertEquals(3, refused.code(), command + refused.err());
            assertTrue(refused.err().contains("broken.jar: it cannot be read"), refused.err());
        }
    }

    @Test
    void describe_goes_on_and_tells_what_is_refused() throws IOException {
        breakOne();
        Invocation page = Invocation.of("describe", "optimizer", "faulty-optimizer", "--plugins", plugins);

        assertEquals(0, page.code(), page.err());
        assertTrue(page.out().startsWith("optimizer 'faulty-optimizer', of plugin faulty 1"), page.out());
        assertTrue(page.err().contains("refused: ") && page.err().contains("broken.jar"), page.err());
    }

    @Test
    void describe_says_what_a_membership_attack_needs_of_the_plan() {
        assertTrue(Invocation.of("describe", "membership-attack", "lira")
                .out()
                .contains("reference models, trained like the target"));
        assertTrue(Invocation.of("describe", "membership-attack", "augmentation-aware")
                .out()
                .contains("how the target is trained"));
    }

    @Test
    void a_folder_that_does_not_exist_is_an_error_of_the_option() {
        Invocation refused = Invocation.of("plugins", "--plugins", folder.resolve("none"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("none: there is no such folder"), refused.err());
    }

    @Test
    void a_missing_component_leads_to_the_option() throws IOException {
        Invocation refused = Invocation.of("run", plan(), "--runs", folder.resolve("runs"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("in a folder that --plugins names"), refused.err());
    }

    @Test
    void a_runs_manifest_names_the_bytes_of_every_jar_that_takes_part() throws IOException {
        Invocation run = run();
        assertEquals(0, run.code(), run.err());

        Manifest manifest = Manifest.read(folder.resolve("runs/heard"));
        assertEquals(
                Map.of("faulty.jar", Sha256.of(plugins.resolve("faulty.jar"))),
                manifest.jars().get("faulty"));
    }

    @Test
    void a_locked_folder_admits_what_was_locked_and_nothing_else() throws IOException {
        Invocation unlocked = run("--locked");
        assertEquals(2, unlocked.code());
        assertTrue(unlocked.err().contains("there is no lock file"), unlocked.err());

        Invocation locked = Invocation.of("plugins", "--plugins", plugins, "--write-lock");
        assertEquals(0, locked.code(), locked.err());
        assertTrue(Files.exists(plugins.resolve("plugins.lock")));
        Invocation admitted = run("--locked");
        assertEquals(0, admitted.code(), admitted.err());

        FaultyJar.write(plugins, "check AssertionError");
        Invocation changed = run("--locked");
        assertEquals(3, changed.code());
        assertTrue(changed.err().contains("faulty.jar: the jar is not the one of plugins.lock"), changed.err());
    }

    @Test
    void nothing_is_locked_while_something_is_refused() throws IOException {
        breakOne();

        assertEquals(
                3,
                Invocation.of("plugins", "--plugins", plugins, "--write-lock").code());
        assertFalse(Files.exists(plugins.resolve("plugins.lock")));
    }
}
