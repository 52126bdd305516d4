package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.CurveBand.Point;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.RunRecord.Queries;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Undefined;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** What the engine writes of a run is what a record of it reads. */
final class ReadBackTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();

    @TempDir
    Path runs;

    private final NDManager manager = TORCH.manager().newSubManager();
    private Path folder;
    private ArtifactStore store;

    @BeforeEach
    void begin() {
        folder = runs.resolve("a");
        store = new ArtifactStore(runs.resolve("objects"));
    }

    @AfterEach
    void free() {
        manager.close();
    }

    private RunEvent completed(String unit, Product product) {
        String digest = Sha256.of(unit);
        return new RunEvent.Completed(unit, digest, store.save(digest, product.encode()));
    }

    private RunRecord written(List<String> units, RunEvent... events) {
        Manifest.write(
                folder,
                "name: a\n",
                new Manifest("2.7", Map.of("engine", "e"), Map.of(), Map.of(), List.of()),
                Set.of());
        try (Journal journal = Journal.open(folder.resolve("events.jsonl"))) {
            journal.append(new RunEvent.Planned("name: a", units));
            for (RunEvent event : events) {
                if (event instanceof RunEvent.Completed completed) {
                    journal.append(new RunEvent.Requested(completed.unit(), "a"));
                } else if (event instanceof RunEvent.Failed failed) {
                    journal.append(new RunEvent.Requested(failed.unit(), failed.component()));
                }
                journal.append(event);
            }
        }
        return RunRecord.read(folder, store, manager);
    }

    private Candidates candidates(Curve... curves) {
        NDArray images = manager.zeros(new Shape(4, 3, 1, 1));
        return new Candidates(
                new FixedImages(images), List.of(0, 0, 1, 1), List.of(1.0, 1.0, 1.0, 1.0), List.of(curves));
    }

    @Test
    void a_folder_that_does_not_exist_is_a_run_that_has_not_begun() {
        RunRecord run = RunRecord.read(runs.resolve("none"), store, manager);
        assertEquals(State.NOT_BEGUN, run.progress().state());
        assertTrue(run.units().isEmpty());
        assertEquals("", run.plan());
    }

    @Test
    void a_journal_without_a_last_word_is_an_unfinished_run_even_if_its_last_line_is_torn() throws Exception {
        written(List.of("data", "target"), completed("data", new Product.Data(Map.of("classes", "7"))));
        Files.writeString(folder.resolve("events.jsonl"), "{\"event\":\"comp", StandardOpenOption.APPEND);
        RunRecord run = RunRecord.read(folder, store, manager);
        assertEquals(State.UNFINISHED, run.progress().state());
        assertEquals(Set.of("data"), run.artifacts().keySet());
        assertEquals("7", run.data().get("classes"));
        assertEquals("e", run.code().code().get("engine"));
        assertEquals("name: a\n", run.plan());
    }

    @Test
    void a_journal_that_breaks_the_grammar_is_refused_by_name() {
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> written(List.of("data"), new RunEvent.Reused("gallery", "d", "a")));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("events.jsonl is no journal of a run: event 2"), message);
    }

    @Test
    void a_run_that_goes_on_after_a_failure_is_told_by_its_last_word() {
        RunRecord failed = written(
                List.of("data"),
                new RunEvent.Failed("data", "faces", "no room"),
                new RunEvent.Ended(Outcome.FAILED, "no room"));
        assertEquals(State.FAILED, failed.progress().state());
        assertEquals("no room", failed.progress().reason());
        RunRecord done = written(
                List.of("data"),
                completed("data", new Product.Data(Map.of("classes", "7"))),
                new RunEvent.Ended(Outcome.DONE, ""));
        assertEquals(State.DONE, done.progress().state());
        assertEquals("", done.progress().reason());
    }

    @Test
    void measurements_come_back_with_their_tables_and_pictures() {
        Measurement measurement = new Measurement(
                List.of(new Figure("Acc@1(judge)", 0.75, Better.HIGHER, "fraction")),
                List.of(new Table("per class", List.of("a", "b"), List.of(new Row(4, List.of(1.5, Double.NaN))))),
                List.of(new Measurement.Picture("map", "what it shows", manager.ones(new Shape(3, 2, 5)))));
        RunRecord run = written(
                List.of("metric/x", "metric/y"),
                completed("metric/x", new Product.Scores(measurement)),
                completed("metric/y", new Product.Undefined("one class only")));
        Measured measured = assertInstanceOf(Measured.class, run.scores().get(0));
        assertEquals(measurement.figures(), measured.figures());
        assertEquals(measurement.tables(), measured.tables());
        assertEquals("what it shows", measured.pictures().get(0).caption());
        assertEquals(5, measured.pictures().get(0).pixels().width());
        assertEquals(0xFFFFFF, measured.pictures().get(0).pixels().rgb(4, 1));
        assertEquals(new Undefined("metric/y", "one class only"), run.scores().get(1));
    }

    @Test
    void curves_of_a_stage_become_mean_and_quartiles_over_the_candidates_of_all_its_units() {
        Candidates first = candidates(
                new Curve("loss", List.of(new float[] {1, 8}, new float[] {2}, new float[] {3}, new float[] {4})));
        Candidates second = candidates(
                new Curve("loss", List.of(new float[] {5, 4}, new float[] {6}, new float[] {7}, new float[] {8})));
        RunRecord run = written(
                List.of("optimize/0", "optimize/1", "select"),
                completed("optimize/0", new Product.Found(first, Map.of("logits", 3L))),
                completed("optimize/1", new Product.Found(second, Map.of("logits", 4L, "labels", 1L))),
                completed("select", new Product.Found(first, Map.of())));
        CurveBand loss =
                new CurveBand("optimize", "loss", List.of(new Point(1, 4.5, 2.75, 6.25), new Point(2, 6, 5, 7)));
        assertEquals(List.of(loss), run.curves());
        assertEquals(
                List.of(new Queries("optimize", Map.of("logits", 7L, "labels", 1L)), new Queries("select", Map.of())),
                run.queries());
    }

    @Test
    void networks_that_were_trained_show_their_history_and_loaded_ones_do_not() {
        List<EpochFigures> history = List.of(new EpochFigures(2.5, 0.25), new EpochFigures(1.5, 0.5));
        Map<String, NDArray> tensors = Map.of("weight", manager.ones(new Shape(2)));
        RunRecord run = written(
                List.of("target", "generator"),
                completed("target", new Product.Weights(tensors, Product.JSON.writeValueAsString(history))),
                completed("generator", new Product.Weights(tensors, "[]")));
        assertEquals(1, run.trainings().size());
        assertEquals("target", run.trainings().get(0).unit());
        assertEquals(history, run.trainings().get(0).epochs());
    }

    @Test
    void the_gallery_is_cut_into_classes() {
        RunRecord run = written(List.of("gallery"), completed("gallery", gallery(new Shape(2, 2, 3, 1, 1))));
        assertEquals(
                List.of(5, 9), run.gallery().stream().map(c -> c.targetClass()).toList());
        assertEquals(2, run.gallery().get(1).samples().size());
        assertEquals(0xFFFFFF, run.gallery().get(1).reconstructions().get(0).rgb(0, 0));
        assertEquals(0x808080, run.gallery().get(0).reconstructions().get(0).rgb(0, 0));
    }

    @Test
    void what_is_no_image_is_not_drawn() {
        assertTrue(written(List.of("gallery"), completed("gallery", gallery(new Shape(2, 2, 2))))
                .gallery()
                .isEmpty());
    }

    /** Zeros of the first class, ones of the second. */
    private Product gallery(Shape shape) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("classes", manager.create(new long[] {5, 9}));
        tensors.put("samples", manager.zeros(shape));
        NDArray found = manager.zeros(shape);
        found.get(1).addi(1);
        tensors.put("reconstructions", found);
        return new Product.Weights(tensors, "[]");
    }
}
