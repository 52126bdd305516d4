package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;

@Timeout(60)
final class LeasesTest {
    private static final String ONE = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void what_one_driver_holds_no_other_one_takes_until_it_is_given_back() {
        try (Leases first = Leases.of(new ArtifactStore(folder));
                Leases second = Leases.of(new ArtifactStore(folder))) {
            assertTrue(first.take(ONE));
            assertTrue(first.take(ONE));
            assertFalse(second.take(ONE));
            assertTrue(second.take(OTHER));

            first.release(ONE);

            assertTrue(second.take(ONE));
            assertFalse(first.take(ONE));
        }
    }

    @Test
    void all_leases_are_taken_by_nobody_while_a_run_has_entered_and_nobody_enters_while_they_are() {
        try (Leases run = Leases.of(new ArtifactStore(folder));
                Leases all = Leases.of(new ArtifactStore(folder))) {
            run.enter(folder.resolve("one"));
            assertFalse(all.takeAll());
        }
        try (Leases run = Leases.of(new ArtifactStore(folder));
                Leases all = Leases.of(new ArtifactStore(folder))) {
            assertTrue(all.takeAll());
            assertThrows(InvalidConfigurationException.class, () -> run.enter(folder.resolve("one")));
            assertFalse(run.take(ONE));
        }
    }

    @Test
    void a_lease_whose_holder_was_killed_can_be_taken() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString(),
                        ONE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Leases here = Leases.of(new ArtifactStore(folder));
                BufferedReader said = holder.inputReader()) {
            assertEquals("true", said.readLine());
            assertFalse(here.take(ONE));
            assertFalse(here.takeAll());

            holder.destroyForcibly().waitFor();

            assertTrue(here.take(ONE));
        } finally {
            holder.destroyForcibly();
        }
    }

    /** Holds a lease until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Leases leases = Leases.of(new ArtifactStore(Path.of(arguments[0])));
            System.out.println(leases.take(arguments[1]));
            int end = System.in.read();
            System.exit(end);
        }
    }
}
