package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.EventGrammar;
import org.obverse.engine.torch.TorchRuntime;

final class RunsTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final EngineCode ENGINE = new EngineCode();
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count }, { use: undefined } ]
            execution: { workers: 2, batch: 4 }
            """;
    private static final String TWO_CELLS = PLAN + "study: { axes: { attack.stages.optimize.factor: [0.5, 0.25] } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();
    private final List<RunEvent> told = new ArrayList<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private Registry registry;

    @BeforeEach
    void load() {
        registry = Registry.of(List.of(plugin));
    }

    @Test
    void a_run_performs_every_unit_once_and_says_so_in_order() {
        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());

        assertTrue(told.get(0) instanceof RunEvent.Planned);
        assertEquals(new RunEvent.Ended(Outcome.DONE, ""), told.get(told.size() - 1));
        assertEquals(List.of("optimize/0", "optimize/1"), completed("optimize"));
        assertEquals(2, plugin.optimized.get());
    }

    @Test
    void the_same_plan_gives_byte_equal_artifacts_with_any_number_of_workers() {
        run(PLAN, "one", "first");
        Map<String, String> first = artifacts();
        told.clear();
        run(PLAN.replace("workers: 2", "workers: 1"), "one", "second");

        assertEquals(first, artifacts());
    }

    @Test
    void a_metric_that_declares_itself_undefined_is_a_result() {
        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());
        String artifact = artifacts().get("metric/undefined");

        assertEquals(
                "there is nothing to measure; this metric never works",
                setting("runs")
                        .artifacts()
                        .open(String.valueOf(artifact))
                        .metadata()
                        .get("reason"));
    }

    @Test
    void an_error_of_a_component_ends_the_run_with_jar_component_and_unit_and_the_rest_is_resumed() {
        plugin.misbehaviour = () -> {
            throw new NoClassDefFoundError("third/Party");
        };
        Runs.StudyResult failed = run(PLAN.replace("workers: 2", "workers: 1"), "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        String message = String.valueOf(failed.reasons().get(0).getMessage());
        assertTrue(
                message.contains("optimize/0") && message.contains("'shrink'") && message.contains("third/Party"),
                message);
        assertTrue(message.contains("test-classes"), message);

        plugin.misbehaviour = () -> {};
        told.clear();
        assertEquals(
                Outcome.DONE,
                run(PLAN.replace("workers: 2", "workers: 1"), "one", "runs").outcome());
        assertEquals(List.of(), completed("target"));
        assertEquals(List.of("optimize/0", "optimize/1"), completed("optimize"));
    }

    @Test
    void an_interrupted_run_goes_on_where_it_stopped_and_ends_with_the_same_artifacts() {
        run(PLAN, "one", "whole");
        Map<String, String> whole = artifacts();
        told.clear();
        plugin.misbehaviour = () -> cancelled.set(true);
        String oneWorker = PLAN.replace("workers: 2", "workers: 1");
        assertEquals(Outcome.INTERRUPTED, run(oneWorker, "one", "cut").outcome());
        Map<String, String> before = artifacts();
        told.clear();

        cancelled.set(false);
        plugin.misbehaviour = () -> {};
        assertEquals(Outcome.DONE, run(oneWorker, "one", "cut").outcome());
        Map<String, String> all = new TreeMap<>(before);
        artifacts().forEach((unit, artifact) -> assertFalse(all.containsKey(unit), unit + " was done twice"));
        all.putAll(artifacts());
        assertEquals(whole, all);
    }

    @Test
    void a_lost_artifact_is_made_again_and_nothing_else() throws IOException {
        run(PLAN, "one", "runs");
        String sample = String.valueOf(artifacts().get("sample"));
        Files.delete(folder.resolve("runs/objects").resolve(sample));
        told.clear();

        run(PLAN, "one", "runs");
        assertEquals(Map.of("sample", sample), artifacts());
    }

    @Test
    void another_run_reuses_what_has_the_same_inputs() {
        run(PLAN, "one", "runs");
        told.clear();
        run(
                PLAN.replace("attack: { use: tiny }", "attack: { use: tiny, stages: { optimize: { factor: 0.25 } } }"),
                "two",
                "runs");

        assertEquals(List.of("data", "target", "generator", "sample"), reused().subList(0, 4));
        assertEquals(List.of("optimize/0", "optimize/1"), completed("optimize"));
    }

    @Test
    void an_existing_run_with_another_plan_is_left_alone() {
        run(PLAN, "one", "runs");
        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class, () -> run(PLAN.replace("epochs: 2", "epochs: 3"), "one", "runs"));
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
                () -> run(PLAN.replace("use: tiny }", "use: tiny, classes: [ 0, 7 ] }"), "one", "runs"));

        assertTrue(String.valueOf(e.getMessage()).contains("class 7"), e.getMessage());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void a_loaded_judge_has_the_outputs_of_its_file() throws IOException {
        String header = """
                {"weight":{"dtype":"F32","shape":[7,2],"data_offsets":[0,56]},\
                "bias":{"dtype":"F32","shape":[7],"data_offsets":[56,84]}}""";
        ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 84).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        Files.write(folder.resolve("judge.safetensors"), file.array());
        String judged =
                PLAN + "evaluation: [ { classifier: { use: linear }, weights: judge.safetensors, classes: 7 } ]\n";

        assertEquals(Outcome.DONE, run(judged, "one", "runs").outcome());
        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class, () -> run(judged.replace(", classes: 7", ""), "two", "runs"));
        assertTrue(refused.problems().get(0).message().contains("has shape (7, 2) and the network needs (4, 2)"));
    }

    @Test
    void points_have_no_size_to_change() {
        String judged = "evaluation: [ { classifier: { use: linear }, training: { epochs: 1 }, pixels: 8 } ]\n" + PLAN;

        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> run(judged, "one", "runs"));

        assertTrue(refused.problems().stream()
                .anyMatch(problem -> problem.path().equals("evaluation.0.pixels")
                        && problem.message().contains("are no pictures")));
    }

    @Test
    void a_spent_budget_ends_the_stage_with_what_was_emitted_last_and_the_queries_are_counted() {
        String greedy = PLAN.replace("use: tiny }", "use: tiny, stages: { optimize: { queries: 5 } } }")
                .replace("target: {", "target: { access: labels, budget: { optimize: 4 },");
        assertEquals(Outcome.DONE, run(greedy, "one", "runs").outcome());

        Map<String, String> metadata = setting("runs")
                .artifacts()
                .open(String.valueOf(artifacts().get("optimize/0")))
                .metadata();
        // Two classes of two candidates: each pass asks for 4 images, and 2 classes may ask for 8.
        assertEquals("{\"labels\":8}", metadata.get("queries"));
    }

    @Test
    void a_budget_smaller_than_one_step_gives_the_next_stage_the_candidates_as_they_were() {
        String penniless = PLAN.replace("use: tiny }", "use: tiny, stages: { select: { use: first } } }")
                .replace("target: {", "target: { access: labels, budget: { optimize: 1 },");

        assertEquals(Outcome.DONE, run(penniless, "one", "runs").outcome());

        TensorFile unmoved =
                setting("runs").artifacts().open(String.valueOf(artifacts().get("optimize/0")));
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
    void a_cell_that_no_longer_fits_when_its_turn_comes_ends_the_study_as_failed() {
        Problem gone = new Problem("data.classes", "the data are gone", "bring them back");
        plugin.misbehaviour = () -> plugin.opening = () -> {
            throw new InvalidConfigurationException(gone);
        };

        Runs.StudyResult result = run(TWO_CELLS, "one", "runs");

        InvalidConfigurationException reason =
                (InvalidConfigurationException) result.reasons().get(0);
        assertEquals(gone.message(), reason.problems().get(0).message());
        assertSecondCellFailedAndGoesOn(result);
    }

    @Test
    void a_plugin_that_fails_when_a_later_cell_is_prepared_ends_the_study_as_failed() {
        plugin.misbehaviour = () -> plugin.opening = () -> {
            throw new IllegalStateException("no more dots");
        };

        Runs.StudyResult result = run(TWO_CELLS, "one", "runs");

        assertTrue(result.reasons().get(0) instanceof PluginFailedException, String.valueOf(result));
        assertSecondCellFailedAndGoesOn(result);
    }

    private void assertSecondCellFailedAndGoesOn(Runs.StudyResult result) {
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(2, result.folders().size());
        assertEquals(Outcome.DONE, lastWord(result.folders().get(0)).outcome());
        assertEquals(Outcome.FAILED, lastWord(result.folders().get(1)).outcome());
        assertEquals(
                result.reasons().get(0).getMessage(),
                lastWord(result.folders().get(1)).reason());

        plugin.misbehaviour = () -> {};
        plugin.opening = () -> {};
        assertEquals(Outcome.DONE, run(TWO_CELLS, "one", "runs").outcome());
    }

    private static RunEvent.Ended lastWord(Path folder) {
        List<RunEvent> told = Journal.read(folder.resolve("events.jsonl"));
        return (RunEvent.Ended) told.get(told.size() - 1);
    }

    private Runs.Setting setting(String runs) {
        return new Runs.Setting(folder.resolve(runs), folder, Set.of());
    }

    private Runs.StudyResult run(String plan, String name, String runs) {
        Study study = new PlanReader(registry).read(plan, name + ".yaml", name, List.of());
        Runs.StudyResult result =
                new Runs(TORCH, registry, ENGINE).run(study, setting(runs), Ear.ofEvents(told::add), cancelled);
        journals(folder.resolve(runs)).forEach(journal -> EventGrammar.check(Journal.read(journal)));
        return result;
    }

    private static List<Path> journals(Path runs) {
        try (Stream<Path> files = Files.walk(runs)) {
            return files.filter(file -> file.endsWith("events.jsonl")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> completed(String stage) {
        return artifacts().keySet().stream()
                .filter(unit -> unit.startsWith(stage))
                .toList();
    }

    /** What was completed, not reused, since {@link #told} was last cleared. */
    private Map<String, String> artifacts() {
        Map<String, String> artifacts = new TreeMap<>();
        for (RunEvent event : told) {
            if (event instanceof RunEvent.Completed e) {
                artifacts.put(e.unit(), e.artifact());
            }
        }
        return artifacts;
    }

    private List<String> reused() {
        return told.stream()
                .filter(RunEvent.Reused.class::isInstance)
                .map(event -> ((RunEvent.Reused) event).unit())
                .toList();
    }
}
