package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.drive.LostProductException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score;

/** Components that do more than their own work, and others who do while a run goes on. */
final class MisbehaviourTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count } ]
            execution: { workers: 1, batch: 4 }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(plugin)), folder);
    }

    private Map<String, String> undisturbed() {
        Runs.StudyResult result = runner.run(PLAN, "one", "undisturbed");
        assertEquals(Outcome.DONE, result.outcome());
        Map<String, String> artifacts = runner.artifacts();
        runner.told().clear();
        return artifacts;
    }

    @Test
    void what_a_component_writes_into_what_it_was_lent_reaches_nobody_else() {
        Map<String, String> undisturbed = undisturbed();
        String study = with(PLAN, "use: tiny", "use: tiny, stages: { optimize: { use: vandal } }")
                + "study: { axes: { attack.stages.optimize.use: [ vandal, shrink ] } }\n";

        assertEquals(Outcome.DONE, runner.run(study, "both", "runs").outcome());

        assertEquals(List.of("sample/0"), runner.made("sample"));
        assertEquals(undisturbed.get("sample/0"), runner.artifacts().get("sample/0"));
        assertEquals(
                List.of(undisturbed.get("optimize/0"), undisturbed.get("optimize/1")),
                List.of(
                        String.valueOf(runner.artifacts().get("optimize/2")),
                        String.valueOf(runner.artifacts().get("optimize/3"))));
    }

    @Test
    void what_a_metric_writes_into_the_targets_weights_and_the_data_reaches_nobody_else() {
        String plan = with(
                PLAN, "{ use: count }", "{ use: vandal-of-target, number: 1 }, { use: vandal-of-target, number: 2 }");

        assertEquals(Outcome.DONE, runner.run(plan, "one", "runs").outcome());

        List<Double> found = runner.record("one", "one", "runs").scores().stream()
                .flatMap(score -> assertInstanceOf(Score.Measured.class, score).figures().stream())
                .map(Measurement.Figure::value)
                .toList();
        assertEquals(2, found.size());
        assertTrue(found.get(0) > 0);
        assertEquals(found.get(0), found.get(1));
    }

    @Test
    void what_a_component_leaves_in_the_managers_it_was_lent_is_closed_with_its_unit() {
        String plan = with(PLAN, "use: tiny", "use: tiny, stages: { optimize: { use: leaky } }")
                + "study: { axes: { attack.stages.sample.candidates: [ 2, 3 ] } }\n";

        assertEquals(Outcome.DONE, runner.run(plan, "one", "runs").outcome());

        int calls = runner.made("optimize").size();
        assertEquals(2 * TinyPlugin.LEFT * calls, plugin.left.size());
        assertEquals(Collections.nCopies(calls, 0L), plugin.stillThere);
        assertTrue(calls > 2, "it was called " + calls + " times");
    }

    @Test
    void who_deletes_the_store_is_told_what_is_missing_and_the_next_run_makes_it_again() {
        Map<String, String> undisturbed = undisturbed();
        plugin.misbehaviour = () -> delete(folder.resolve("runs/objects"));

        Runs.StudyResult failed = runner.run(PLAN, "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        for (Throwable reason : failed.reasons()) {
            LostProductException lost = assertInstanceOf(LostProductException.class, reason);
            String message = String.valueOf(lost.getMessage());
            assertTrue(message.contains(folder.resolve("runs/objects").toString()), message);
            assertTrue(message.contains("is made again when the run goes on"), message);
        }
        plugin.misbehaviour = () -> {};
        runner.told().clear();
        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());
        assertEquals(undisturbed, finished("runs"));
    }

    @Test
    void who_deletes_the_folder_of_a_run_is_told_and_the_next_run_finds_what_was_finished() {
        Map<String, String> undisturbed = undisturbed();
        plugin.misbehaviour = () -> delete(folder.resolve("runs/one"));

        UncheckedIOException failed = assertThrows(UncheckedIOException.class, () -> runner.run(PLAN, "one", "runs"));

        assertTrue(
                String.valueOf(failed.getMessage()).contains("the folder of this run was deleted or moved"),
                failed.getMessage());
        plugin.misbehaviour = () -> {};
        runner.told().clear();
        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());
        assertTrue(runner.reused().contains("target/0"), runner.reused().toString());
        assertEquals(undisturbed, finished("runs"));
    }

    @Test
    void of_two_runs_on_one_store_one_performs_a_unit_and_the_other_waits_for_it() {
        Map<String, String> undisturbed = undisturbed();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        plugin.misbehaviour = () -> {
            begun.countDown();
            await(waits);
        };
        Runner other = new Runner(Registry.of(List.of(plugin)), folder);
        List<Long> waited = new ArrayList<>();
        other.onProgress(progress -> {
            if (progress instanceof Progress.OfTask task
                    && task.task().equals("waiting for another run, which performs optimize/0")) {
                waited.add(task.done());
                waits.countDown();
            }
        });

        CompletableFuture<Runs.StudyResult> first =
                CompletableFuture.supplyAsync(() -> runner.run(PLAN, "one", "runs"));
        await(begun);
        assertEquals(Outcome.DONE, other.run(PLAN, "two", "runs").outcome());
        assertEquals(Outcome.DONE, first.join().outcome());

        assertEquals(List.of(0L, 1L), waited);
        assertTrue(other.reused().contains("optimize/0"), other.reused().toString());
        List<String> both = new ArrayList<>(runner.performed("one", "runs"));
        both.addAll(other.performed("two", "runs"));
        assertEquals(List.copyOf(new TreeSet<>(both)), both.stream().sorted().toList());
        assertEquals(undisturbed, finished("runs"));
        assertEquals(undisturbed, RunRecord.artifacts(StudyFolder.of(folder.resolve("runs"), "two"), "two"));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> finished(String runs) {
        return RunRecord.artifacts(StudyFolder.of(folder.resolve(runs), "one"), "one");
    }

    private static void delete(Path whole) {
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
