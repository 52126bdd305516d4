package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.product.Movement;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.SearchDivergedException;

final class RunsTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count }, { use: undefined } ]
            execution: { workers: 2, batch: 4 }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(plugin)), folder);
    }

    @Test
    void a_run_performs_every_unit_once_and_says_so_in_order() {
        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());

        assertTrue(runner.told().get(0) instanceof RunFact.Planned);
        assertEquals(
                new RunFact.Ended(Outcome.DONE, ""),
                runner.told().get(runner.told().size() - 1));
        assertEquals(List.of("optimize/0", "optimize/1"), runner.made("optimize"));
        assertEquals(2, plugin.optimized.get());
    }

    @Test
    void the_same_plan_gives_byte_equal_artifacts_with_any_number_of_workers() {
        run(PLAN, "one", "first");
        Map<String, String> first = runner.artifacts();
        runner.told().clear();
        run(with(PLAN, "workers: 2", "workers: 1"), "one", "second");

        assertEquals(first, runner.artifacts());
    }

    @Test
    void a_metric_that_declares_itself_undefined_is_a_result() {
        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());
        String artifact = runner.artifacts().get("metric/1");

        assertEquals(
                "there is nothing to measure; this metric never works",
                runner.setting("runs")
                        .artifacts()
                        .open(String.valueOf(artifact))
                        .metadata()
                        .get("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curious", "curious-of-target"})
    void a_metric_that_reads_a_part_of_the_data_that_it_did_not_declare_fails_by_name(String metric) {
        Runs.StudyResult failed = run(with(PLAN, "use: count", "use: " + metric), "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        UnitFailedException refused =
                assertInstanceOf(UnitFailedException.class, failed.reasons().get(0));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("unit metric/0: component '" + metric + "' of "), message);
        assertTrue(message.contains("did not declare that it reads the part TEST of the data"), message);
        assertTrue(message.contains("Requirements.data(Part.TEST)"), message);
    }

    @Test
    void a_metric_reads_the_parts_of_the_data_that_it_declared() {
        assertEquals(
                Outcome.DONE,
                run(with(PLAN, "use: count", "use: candid"), "one", "runs").outcome());
    }

    @Test
    void an_error_of_a_component_ends_the_run_with_jar_component_and_unit_and_the_rest_is_resumed() {
        plugin.misbehaviour = () -> {
            throw new NoClassDefFoundError("third/Party");
        };
        Runs.StudyResult failed = run(with(PLAN, "workers: 2", "workers: 1"), "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        String message = String.valueOf(failed.reasons().get(0).getMessage());
        assertTrue(
                message.contains("optimize/0") && message.contains("'shrink'") && message.contains("third/Party"),
                message);
        assertTrue(message.contains("test-classes"), message);

        plugin.misbehaviour = () -> {};
        runner.told().clear();
        assertEquals(
                Outcome.DONE,
                run(with(PLAN, "workers: 2", "workers: 1"), "one", "runs").outcome());
        assertEquals(List.of(), runner.made("target"));
        assertEquals(List.of("optimize/0", "optimize/1"), runner.made("optimize"));
    }

    @Test
    void an_existing_run_with_another_plan_is_left_alone() {
        run(PLAN, "one", "runs");
        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class, () -> run(with(PLAN, "epochs: 2", "epochs: 3"), "one", "runs"));
        assertTrue(String.valueOf(e.getMessage()).contains("--name"), e.getMessage());
    }

    @Test
    void a_run_directory_that_another_process_holds_is_refused() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/one"));
        try (FileChannel held =
                        FileChannel.open(run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = held.lock()) {
            assertTrue(lock.isValid());
            InvalidConfigurationException e =
                    assertThrows(InvalidConfigurationException.class, () -> run(PLAN, "one", "runs"));
            assertTrue(String.valueOf(e.getMessage()).contains("another process"), e.getMessage());
        }
    }

    @Test
    void nothing_is_written_when_a_class_does_not_exist() {
        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class,
                () -> run(with(PLAN, "use: tiny }", "use: tiny, classes: [ 0, 7 ] }"), "one", "runs"));

        assertTrue(String.valueOf(e.getMessage()).contains("class 7"), e.getMessage());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void a_loaded_judge_has_the_outputs_of_its_file() throws IOException {
        Files.write(folder.resolve("judge.safetensors"), LinearWeights.of(7, 0));
        String judged = PLAN
                + "evaluation: { judge: { classifier: { use: linear }, weights: judge.safetensors, classes: 7 } }\n";

        assertEquals(Outcome.DONE, run(judged, "one", "runs").outcome());
        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class, () -> run(with(judged, ", classes: 7", ""), "two", "runs"));
        String message = refused.problems().get(0).message();
        assertTrue(message.contains("tells 7 classes apart") && message.contains("4 are asked for"), message);
    }

    @Test
    void a_finished_target_is_tried_on_its_own_training_images_in_the_order_in_which_it_counts() throws IOException {
        run(with(PLAN, "epochs: 2", "epochs: 60"), "one", "runs");
        String weights = String.valueOf(runner.artifacts().get("target/0"));
        Files.copy(folder.resolve("runs/objects").resolve(weights), folder.resolve("target.safetensors"));
        String finished = with(PLAN, "training: { epochs: 2, batch: 5 }", "weights: target.safetensors");
        run(finished, "two", "runs");
        run(with(finished, "target.safetensors", "target.safetensors, class-order: [ 3, 2, 1, 0 ]"), "three", "runs");

        assertTrue(
                accuracy("two") > accuracy("three"),
                () -> accuracy("two") + " in the data's order, counted backwards " + accuracy("three"));
    }

    private double accuracy(String run) {
        return figure(run, "target/0", Network.OWN_ACCURACY);
    }

    private double figure(String run, String unit, String figure) {
        return runner.record(run, run, "runs")
                .figures()
                .getOrDefault(unit, Map.of())
                .getOrDefault(figure, Double.NaN);
    }

    @Test
    void a_search_that_moves_nothing_says_so() {
        run(with(PLAN, "use: tiny }", "use: tiny, stages: { optimize: { factor: 1 } } }"), "still", "runs");
        run(PLAN, "moving", "runs");

        assertEquals(0, figure("still", "optimize/0", Movement.MOVED));
        assertEquals(1, figure("moving", "optimize/0", Movement.MOVED));
    }

    @Test
    void a_search_whose_loss_is_no_number_in_any_step_fails_and_blames_no_plugin() {
        Runs.StudyResult failed =
                run(with(PLAN, "use: tiny }", "use: tiny, stages: { optimize: { use: lost } } }"), "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        SearchDivergedException reason =
                assertInstanceOf(SearchDivergedException.class, failed.reasons().get(0));
        String message = String.valueOf(reason.getMessage());
        assertTrue(message.contains("the loss of every candidate was NaN or infinite in every step"), message);
        assertTrue(message.contains("try another loss"), message);
        assertEquals(List.of(), runner.made("optimize"));
    }

    @Test
    void points_have_no_size_to_change() {
        String judged =
                "evaluation: { judge: { classifier: { use: linear }, training: { epochs: 1 }, pixels: 8 } }\n" + PLAN;

        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> run(judged, "one", "runs"));

        assertTrue(refused.problems().stream()
                .anyMatch(problem -> problem.path().equals("evaluation.judge.pixels")
                        && problem.message().contains("are no pictures")));
    }

    @Test
    void a_spent_budget_ends_the_stage_with_what_was_emitted_last_and_the_queries_are_counted() {
        String greedy = with(
                with(PLAN, "use: tiny }", "use: tiny, stages: { optimize: { queries: 5 } } }"),
                "target: {",
                "target: { access: labels, budget: { optimize: 4 },");
        assertEquals(Outcome.DONE, run(greedy, "one", "runs").outcome());

        // Two classes of two candidates: each pass asks for 4 images, and 2 classes may ask for 8.
        assertEquals(Map.of("labels", 8L), made("optimize/0").summary().queries());
    }

    @Test
    void a_budget_smaller_than_one_step_gives_the_next_stage_the_candidates_as_they_were() {
        String penniless = with(
                with(PLAN, "use: tiny }", "use: tiny, stages: { select: { use: first } } }"),
                "target: {",
                "target: { access: labels, budget: { optimize: 1 },");

        assertEquals(Outcome.DONE, run(penniless, "one", "runs").outcome());

        TensorFile unmoved = runner.setting("runs")
                .artifacts()
                .open(String.valueOf(runner.artifacts().get("optimize/0")));
        assertEquals(new Shape(4, 0), unmoved.shape("curve.loss"));
    }

    @Test
    void an_epoch_that_cannot_be_kept_is_no_plugins_fault() throws IOException {
        Path unfinished =
                Files.createDirectories(folder.resolve("runs/objects")).resolve("unfinished");
        Files.createSymbolicLink(unfinished, folder.resolve("a disk that is gone"));

        Runs.StudyResult result = run(PLAN, "one", "runs");

        assertEquals(Outcome.FAILED, result.outcome());
        Throwable reason = result.reasons().get(0);
        assertTrue(reason instanceof UncheckedIOException, reason.toString());
        assertTrue(String.valueOf(reason.getMessage()).contains("the folder " + unfinished), reason.toString());
    }

    @Test
    void a_plugin_that_fails_before_the_first_unit_leaves_a_run_that_goes_on_once_it_is_mended() {
        plugin.opening = () -> {
            throw new IllegalStateException("no more dots");
        };

        PluginFailedException failed = assertThrows(PluginFailedException.class, () -> run(PLAN, "one", "runs"));

        assertTrue(String.valueOf(failed.getMessage()).contains("no more dots"), failed.getMessage());
        RunFact.Ended ended = new RunFact.Ended(Outcome.FAILED, String.valueOf(failed.getMessage()));
        assertEquals(List.of(ended), runner.told());
        assertEquals(
                List.of(new RunFact.Planned(List.of()), ended),
                Journal.read(runner.events("one", "runs")).facts());
        plugin.opening = () -> {};
        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());
    }

    private RunFact.Completed made(String unit) {
        return Objects.requireNonNull(runner.made().get(unit));
    }

    private Runs.StudyResult run(String plan, String name, String runs) {
        return runner.run(plan, name, runs, cancelled);
    }
}
