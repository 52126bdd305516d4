package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each machine has a folder of its own, and all share one store. */
@Timeout(60)
final class RemoteLeasesTest {
    private static final String ONE = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);
    private static final Duration QUICK = Duration.ofMillis(50);
    /** A heart that stood still: nothing is renewed. */
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<Leases> open = new ArrayList<>();

    private SharedFolder shared() {
        return new SharedFolder(folder.resolve("shared"));
    }

    private Leases machine(String name, Duration beat) {
        return machine(name, beat, shared());
    }

    private Leases machine(String name, Duration beat, SharedFolder shared) {
        ArtifactStore here = new ArtifactStore(folder.resolve(name));
        Leases leases = Leases.of(here, List.of(new RemoteLeases(shared.with(here), beat)));
        open.add(leases);
        return leases;
    }

    @AfterEach
    void close_all() {
        open.forEach(Leases::close);
    }

    private List<String> objects() throws IOException {
        return shared().list("leases/");
    }

    @Test
    void what_one_machine_holds_no_other_takes_until_it_is_given_back() throws IOException {
        Leases here = machine("here", NEVER);
        Leases there = machine("there", NEVER);

        assertTrue(here.take(ONE));
        assertTrue(here.take(ONE));
        assertFalse(there.take(ONE));
        assertTrue(there.take(OTHER));
        here.release(ONE);

        assertTrue(there.take(ONE));
        assertFalse(here.take(ONE));
        assertEquals(List.of("leases/" + ONE + "-1", "leases/" + OTHER + "-1"), objects());
    }

    /** A file that is opened and closed loses the locks that its process has on it. */
    @Test
    void what_is_held_there_is_kept_from_other_processes_here_too() throws IOException, InterruptedException {
        assertTrue(machine("here", NEVER).take(ONE));

        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RemoteLeasesTest.class.getName(),
                        folder.resolve("here").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertEquals("false", other.inputReader().readLine());
        assertEquals(0, other.waitFor());
    }

    /** The other process, which says whether it can take the lease. */
    public static void main(String[] arguments) {
        try (Leases leases = Leases.of(new ArtifactStore(Path.of(arguments[0])))) {
            System.out.println(leases.take(ONE));
        }
    }

    @Test
    void what_another_machine_holds_is_not_held_here_either() {
        Leases there = machine("there", NEVER);
        assertTrue(there.take(ONE));

        assertFalse(machine("here", NEVER).take(ONE));

        try (Leases beside = Leases.of(new ArtifactStore(folder.resolve("here")))) {
            assertTrue(beside.take(ONE));
        }
    }

    @Test
    void what_is_held_when_a_run_ends_is_given_back() throws IOException {
        Leases here = machine("here", NEVER);
        assertTrue(here.take(ONE));

        here.close();
        open.clear();

        assertEquals(List.of(), objects());
    }

    @Test
    void a_lease_that_is_renewed_is_nobody_elses_however_long_it_is_held() throws IOException {
        Leases here = machine("here", QUICK);
        Leases there = machine("there", QUICK.multipliedBy(10));
        assertTrue(here.take(ONE));

        while (!isRenewed(30)) {
            assertFalse(there.take(ONE));
        }

        assertTrue(here.take(ONE));
        assertTrue(objects().size() <= 2, "renewals leave nothing behind");
    }

    private boolean isRenewed(long times) throws IOException {
        return objects().stream().anyMatch(key -> Long.parseLong(key.substring(key.lastIndexOf('-') + 1)) > times);
    }

    @Test
    void a_lease_whose_holder_died_is_taken_over_by_one_of_those_who_wait() throws IOException {
        Leases dead = machine("dead", NEVER);
        assertTrue(dead.take(ONE));
        List<Leases> waiting =
                Stream.of("a", "b", "c", "d").map(name -> machine(name, QUICK)).toList();

        List<Leases> took = List.of();
        while (took.isEmpty()) {
            took = waiting.parallelStream().filter(leases -> leases.take(ONE)).toList();
        }

        assertEquals(1, took.size());
        Leases holder = took.get(0);
        for (int i = 0; i < 20; i++) {
            waiting.stream().filter(leases -> leases != holder).forEach(leases -> assertFalse(leases.take(ONE)));
        }
    }

    @Test
    void who_was_taken_for_dead_does_not_give_back_what_is_anothers() throws IOException {
        Leases dead = machine("dead", NEVER);
        Leases heir = machine("heir", QUICK);
        assertTrue(dead.take(ONE));
        while (!heir.take(ONE)) {
            Thread.onSpinWait();
        }

        dead.release(ONE);

        assertFalse(objects().isEmpty());
        assertFalse(dead.take(ONE));
    }

    @Test
    void what_others_hold_is_looked_at_once_a_beat() {
        Leases slow = machine("slow", NEVER);
        assertTrue(slow.isDue());
        assertFalse(slow.isDue());

        Leases quick = machine("quick", QUICK);
        for (int i = 0; i < 3; i++) {
            while (!quick.isDue()) {
                Thread.onSpinWait();
            }
        }
        try (Leases alone = Leases.of(new ArtifactStore(folder.resolve("alone")))) {
            assertTrue(alone.isDue());
            assertTrue(alone.isDue());
        }
    }

    @Test
    void a_store_that_is_away_for_a_while_costs_no_lease() throws IOException {
        SharedFolder shared = shared();
        Leases here = machine("here", QUICK, shared);
        assertTrue(here.take(ONE));

        shared.away().set(true);
        RemoteStoreException e = assertThrows(RemoteStoreException.class, () -> here.take(OTHER));
        shared.away().set(false);

        assertTrue(
                String.valueOf(e.getMessage()).startsWith("store 'shared' cannot list leases/" + OTHER),
                e.getMessage());
        while (!isRenewed(5)) {
            Thread.onSpinWait();
        }
        assertTrue(here.take(ONE));
    }
}
