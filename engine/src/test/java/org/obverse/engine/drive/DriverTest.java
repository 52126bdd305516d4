package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.UnitContext;

/** Drives units that the engine has never heard of. */
@Timeout(20)
final class DriverTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch working = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void a_kind_of_unit_of_ones_own_is_performed_stored_and_found_again() throws IOException {
        AtomicInteger performed = new AtomicInteger();
        RunGraph graph = sentence(context -> performed.incrementAndGet());

        assertEquals(Outcome.DONE, drive(graph).outcome());
        assertEquals(Outcome.DONE, drive(graph).outcome());

        assertEquals(1, performed.get());
        RunFact.Completed last = (RunFact.Completed) Journal.read(journal()).stream()
                .filter(fact ->
                        fact instanceof RunFact.Completed e && e.unit().slot().equals("select"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "aabc",
                Files.readString(
                        new ArtifactStore(folder).artifact(last.artifact()).file()));
        assertEquals(4.0, last.summary().figures().get("length"));
    }

    /** A word, one made of it, and one made of both. */
    private static RunGraph sentence(Word.Work work) {
        RunGraph.Builder graph = new RunGraph.Builder();
        Input<String> first = graph.add(Word.of("sample", "a").doing(work));
        Input<String> second = graph.add(Word.of("optimize", "b", first));
        graph.add(Word.of("select", "c", first, second));
        return graph.build();
    }

    @Test
    void no_place_works_when_the_journal_cannot_be_written() {
        try (Journal journal = Journal.open(journal())) {
            RunGraph graph = two(
                    context -> {
                        working.await();
                        journal.close();
                    },
                    this::untilItIsTold);

            assertThrows(UncheckedIOException.class, () -> drive(graph, journal));
        }

        assertTrue(ended.get());
    }

    @Test
    void no_place_works_when_the_run_is_interrupted_which_the_journal_says() {
        Thread run = Thread.currentThread();
        RunGraph graph = two(
                context -> {
                    working.await();
                    run.interrupt();
                    untilItIsTold(context);
                },
                this::untilItIsTold);

        Driver.Result result = drive(graph);

        assertTrue(Thread.interrupted());
        assertTrue(ended.get());
        assertEquals(Outcome.INTERRUPTED, result.outcome());
        List<RunFact> told = Journal.read(journal());
        assertEquals(Outcome.INTERRUPTED, ((RunFact.Ended) told.get(told.size() - 1)).outcome());
    }

    @Test
    void a_unit_that_asked_for_its_batch_is_tried_with_smaller_ones_while_memory_is_short() {
        RunGraph.Builder graph = new RunGraph.Builder();
        graph.add(Word.of("data", "d").doing(context -> {
            tried.add(context.batch());
            if (context.batch() > 2) {
                throw new OutOfMemoryError("too large");
            }
        }));

        assertEquals(Outcome.DONE, drive(graph.build()).outcome());

        assertEquals(List.of(8, 4, 2), tried);
    }

    private static RunGraph two(Word.Work first, Word.Work second) {
        RunGraph.Builder graph = new RunGraph.Builder();
        graph.add(Word.of("sample", "a").doing(first));
        graph.add(Word.of("optimize", "b").doing(second));
        return graph.build();
    }

    private void untilItIsTold(UnitContext context) {
        working.countDown();
        while (!cancelled.get()) {
            Thread.onSpinWait();
        }
        ended.set(true);
        throw new CancelledException();
    }

    private Driver.Result drive(RunGraph graph) {
        try (Journal journal = Journal.open(journal())) {
            return drive(graph, journal);
        }
    }

    private Driver.Result drive(RunGraph graph, Journal journal) {
        ProductStore store = new ProductStore(new ArtifactStore(folder));
        LiveRun run = new LiveRun("study", store.artifacts());
        Workshop.Faults faults = new Workshop.Faults(OutOfMemoryError.class::isInstance, (unit, failure) -> failure);
        Workshop workshop = new Workshop(graph, store, faults, cancelled);
        try (Place threads = new Threads(workshop, 2, Thread::new)) {
            return new Driver(
                            graph,
                            journal,
                            store,
                            run,
                            new Bus(run),
                            new Mailbox(),
                            Set.of(threads),
                            own -> List.of(8, 4, 2, 1),
                            cancelled)
                    .drive(List.of());
        }
    }

    private Path journal() {
        return folder.resolve("events.jsonl");
    }
}
