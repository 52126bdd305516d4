package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.place.Place;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.RemoteLeases;
import org.obverse.engine.artifact.RemoteStore;
import org.obverse.engine.artifact.SharedFolder;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;

/** Drivers on several machines, each with its own folder, that share a store. */
@Timeout(60)
final class SharedDrivingTest {
    private static final Duration BEAT = Duration.ofMillis(400);
    private static final int TARGETS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static SharedFolder shared(Path folder) {
        return new SharedFolder(folder.resolve("shared"));
    }

    /** Some targets, and something that reads all of them. */
    private static RunGraph study(Word.Work work) {
        RunGraph.Builder graph = new RunGraph.Builder();
        List<Input<?>> targets = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(
                    graph.add(new Word(graph.name("target", List.of()), String.valueOf(i), List.of(), work, () -> {})));
        }
        graph.add(new Word(graph.name("metric", List.of()), "m", targets, work, () -> {}));
        return graph.build();
    }

    private static Driver.Result drive(Path folder, String machine, SharedFolder shared, RunGraph graph) {
        ArtifactStore here = new ArtifactStore(folder.resolve(machine));
        RemoteStore remote = shared.with(here);
        ProductStore store = new ProductStore(here, List.of(remote));
        LiveRun run = new LiveRun("study", folder, here);
        Workshop.Faults faults = new Workshop.Faults(failure -> false, (unit, failure) -> failure, () -> {});
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Workshop workshop = new Workshop(graph, store, faults, cancelled::get);
                Leases leases = Leases.of(here, List.of(new RemoteLeases(remote, BEAT)));
                Place threads = new Threads(2);
                Journal journal = Journal.open(journal(folder, machine))) {
            threads.open(new InProcess(workshop));
            return new Driver(
                            graph,
                            journal,
                            store,
                            leases,
                            run,
                            new Bus(run),
                            new Mailbox(),
                            Set.of(threads),
                            List::of,
                            cancelled)
                    .drive(List.of());
        }
    }

    private static Path journal(Path folder, String machine) {
        return folder.resolve(machine + ".jsonl");
    }

    /** How often each unit was performed on these machines, as their journals say. */
    private Map<String, Integer> performed(String... machines) {
        Map<String, Integer> performed = new TreeMap<>();
        for (String machine : machines) {
            for (RunFact fact : Journal.read(journal(folder, machine)).facts()) {
                if (fact instanceof RunFact.Completed e) {
                    performed.merge(e.unit().toString(), 1, Integer::sum);
                }
            }
        }
        return performed;
    }

    private Map<String, String> artifacts(String machine) {
        Map<String, String> artifacts = new TreeMap<>();
        for (RunFact fact : Journal.read(journal(folder, machine)).facts()) {
            if (fact instanceof RunFact.Completed e) {
                artifacts.put(e.unit().toString(), e.artifact());
            } else if (fact instanceof RunFact.Reused e) {
                artifacts.put(e.unit().toString(), e.artifact());
            }
        }
        return artifacts;
    }

    private static Map<String, Integer> eachOnce() {
        Map<String, Integer> once = new TreeMap<>(Map.of("metric/0", 1));
        for (int i = 0; i < TARGETS; i++) {
            once.put("target/" + i, 1);
        }
        return once;
    }

    @Test
    void two_that_begin_at_once_make_each_unit_once() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Word.Work together = context -> {
            both.countDown();
            both.await();
        };
        ExecutorService machines = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Driver.Result>> runs = List.of(
                    () -> drive(folder, "here", shared(folder), study(together)),
                    () -> drive(folder, "there", shared(folder), study(together)));
            for (Future<Driver.Result> run : machines.invokeAll(runs)) {
                assertEquals(Outcome.DONE, run.get().outcome(), () -> "not done");
            }
        } finally {
            machines.shutdownNow();
        }

        assertEquals(eachOnce(), performed("here", "there"));
        assertEquals(artifacts("here"), artifacts("there"));
        assertTrue(shared(folder).list("leases/").isEmpty());
    }

    @Test
    void what_a_killed_one_was_at_is_done_by_another_and_what_it_had_done_is_not() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hanging.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = killed.inputReader()) {
            assertEquals("hangs", said.readLine());
        } finally {
            killed.destroyForcibly().waitFor();
        }
        assertEquals(List.of("leases"), leased());

        assertEquals(
                Outcome.DONE,
                drive(folder, "there", shared(folder), study(context -> {})).outcome());

        assertEquals(eachOnce(), performed("here", "there"));
        assertEquals(3, performed("here").size(), "it had made three before");
        assertTrue(shared(folder).list("leases/").isEmpty());
    }

    private List<String> leased() throws IOException {
        return shared(folder).list("leases/").stream()
                .map(key -> key.substring(0, key.indexOf('/')))
                .distinct()
                .toList();
    }

    /** Performs three units and hangs in the next two. */
    static final class Hanging {
        private Hanging() {}

        public static void main(String[] arguments) {
            CountDownLatch three = new CountDownLatch(3);
            CountDownLatch never = new CountDownLatch(1);
            Path folder = Path.of(arguments[0]);
            drive(folder, "here", shared(folder), study(context -> {
                synchronized (three) {
                    if (three.getCount() > 0) {
                        three.countDown();
                        return;
                    }
                }
                while (performedSoFar(folder) < 3) {
                    Thread.onSpinWait();
                }
                System.out.println("hangs");
                never.await();
            }));
        }

        private static long performedSoFar(Path folder) {
            return Journal.read(journal(folder, "here")).facts().stream()
                    .filter(RunFact.Completed.class::isInstance)
                    .count();
        }
    }

    @Test
    void a_store_that_goes_away_ends_the_run_which_loses_nothing_and_goes_on() {
        SharedFolder shared = shared(folder);
        Driver.Result result =
                drive(folder, "here", shared, study(context -> shared.away().set(true)));

        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                String.valueOf(result.reasons().get(0).getMessage()).startsWith("store 'shared' cannot "),
                () -> result.reasons().toString());
        RunFact.Ended ended = (RunFact.Ended) last("here");
        assertEquals(Outcome.FAILED, ended.outcome());
        assertTrue(ended.reason().contains("what was made lies in"), ended.reason());

        shared.away().set(false);
        List<String> again = new ArrayList<>();
        assertEquals(
                Outcome.DONE,
                drive(folder, "here", shared, study(context -> {
                            synchronized (again) {
                                again.add("unit");
                            }
                        }))
                        .outcome());
        assertTrue(again.size() <= TARGETS, () -> again.size() + " units were made, and one was there");
        assertEquals(
                Outcome.DONE,
                drive(folder, "there", shared, study(context -> {
                            throw new IllegalStateException("all of it is in the store");
                        }))
                        .outcome());
    }

    private RunFact last(String machine) {
        List<RunFact> facts = Journal.read(journal(folder, machine)).facts();
        return facts.get(facts.size() - 1);
    }
}
