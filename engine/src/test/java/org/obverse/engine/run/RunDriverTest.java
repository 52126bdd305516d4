package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.OutOfMemory;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;

/** What becomes of a unit that is being worked on when the run cannot go on. */
@Timeout(10)
final class RunDriverTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final Unit FIRST = unit("sample", Slot.SAMPLE);
    private static final Unit LONG = unit("optimize", Slot.OPTIMIZE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch working = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterEach
    void endWorkers() {
        cancelled.set(true);
        pool.shutdown();
    }

    @Test
    void no_worker_is_left_when_the_journal_cannot_be_written() {
        try (Journal journal = Journal.open(journal())) {
            UnitCall.Work last = (unit, context) -> {
                working.await();
                journal.close();
                return new Product.Data(Map.of());
            };

            assertThrows(UncheckedIOException.class, () -> drive(journal, last, this::untilItIsTold));
        }

        assertTrue(ended.get());
    }

    @Test
    void no_worker_is_left_when_the_run_is_interrupted_which_the_journal_says() {
        Thread run = Thread.currentThread();
        RunDriver.RunResult result;
        try (Journal journal = Journal.open(journal())) {
            UnitCall.Work interrupting = (unit, context) -> {
                working.await();
                run.interrupt();
                return untilItIsTold(unit, context);
            };

            result = drive(journal, interrupting, this::untilItIsTold);
        }

        assertTrue(Thread.interrupted());
        assertTrue(ended.get());
        assertEquals(Outcome.INTERRUPTED, result.outcome());
        List<RunEvent> told = Journal.read(journal());
        assertEquals(Outcome.INTERRUPTED, ((RunEvent.Ended) told.get(told.size() - 1)).outcome());
    }

    @Test
    void a_smaller_batch_whose_artifact_cannot_be_read_is_a_failure() throws IOException {
        String smaller = digests().halved(LONG, new RunMachine(List.of(LONG)), 50);
        Files.createDirectories(folder.resolve("inputs"));
        Files.write(folder.resolve("inputs").resolve(smaller), new byte[] {(byte) 0xff});
        UnitCall.Work hungry = (unit, context) -> {
            context.portion().ask();
            throw new EngineException("CUDA out of memory");
        };
        try (Journal journal = Journal.open(journal())) {
            RunDriver.RunResult result = drive(journal, List.of(LONG), hungry);

            assertEquals(Outcome.FAILED, result.outcome());
            assertTrue(result.reason().orElseThrow() instanceof UncheckedIOException, String.valueOf(result));
        }
    }

    /** Works on both units at once. */
    private RunDriver.RunResult drive(Journal journal, UnitCall.Work first, UnitCall.Work second) {
        return drive(journal, List.of(FIRST, LONG), first, second);
    }

    private RunDriver.RunResult drive(Journal journal, List<Unit> units, UnitCall.Work... works) {
        EventSpine spine = new EventSpine();
        for (int i = 0; i < works.length; i++) {
            spine.register(new Bay(units.get(i).slot(), units.get(i).component(), works[i]));
        }
        RunDriver driver = new RunDriver(
                new RunMachine(units),
                journal,
                new ArtifactStore(folder),
                spine,
                digests(),
                TORCH,
                (unit, done, total, figures) -> {},
                cancelled);
        Execution execution = new Execution(
                "cpu", 2, 100, 1, Execution.DEFAULT.tf32(), Execution.DEFAULT.cudnn(), OutOfMemory.HALVE_BATCH);
        return driver.drive(pool, execution, (unit, inputs) -> {});
    }

    private Product untilItIsTold(Unit unit, UnitContext context) {
        working.countDown();
        while (!cancelled.get()) {
            Thread.onSpinWait();
        }
        ended.set(true);
        throw new CancelledException();
    }

    private Path journal() {
        return folder.resolve("events.jsonl");
    }

    private static Digests digests() {
        return new Digests("plan", Map.of(), "runtime", Registry.of(List.of()));
    }

    private static Unit unit(String id, Slot slot) {
        return new Unit(id, slot, "tiny", List.of(), "", 1, List.of(), "", List.of());
    }
}
