package org.obverse.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.product.CandidateForm;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.Gallery;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.Network;
import org.obverse.engine.record.CurveBand.Point;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord.Queries;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Subject;
import org.obverse.engine.record.Score.Undefined;
import org.obverse.engine.study.StudyFolder;
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

    /** A unit's product as the engine stores it. */
    private <P> RunFact.Completed completed(String slot, int number, Codec<P> codec, P product) {
        Artifact artifact = store.save(slot + number, codec.encode(product));
        return new RunFact.Completed(
                new UnitName(slot, number, List.of()), slot + number, artifact.sha256(), codec.summary(product));
    }

    private RunFact.Completed data(String classes) {
        DataImages images = new DataImages(new NoData());
        return completed(
                "data", 0, new MeasuredData.Form(images), new MeasuredData(images, Map.of("classes", classes)));
    }

    private RunFact.Completed metric(int number, MetricResult result) {
        return completed("metric", number, new MetricResult.Form(manager), result);
    }

    private RunFact.Completed found(String slot, int number, Candidates candidates, Map<String, Long> queries) {
        CandidateForm form = new CandidateForm(
                inputs -> {
                    throw new IllegalStateException("images need no generator");
                },
                Map.of());
        return completed(slot, number, form, new Found.Fresh(candidates, queries, Map.of()));
    }

    /** A study of one cell, with the units of these facts. */
    private RunRecord written(RunFact... facts) {
        List<UnitName> units = new ArrayList<>();
        for (RunFact fact : facts) {
            if (fact instanceof RunFact.Completed e) {
                units.add(e.unit());
            } else if (fact instanceof RunFact.Failed e) {
                units.add(e.unit());
            }
        }
        return written(units, facts);
    }

    private RunRecord written(List<UnitName> units, RunFact... facts) {
        StringBuilder cell = new StringBuilder("plan: { name: a }\nunits:\n");
        units.forEach(unit -> cell.append("  ").append(unit).append(": d\n"));
        write("cells/a.yaml", units.isEmpty() ? "plan: { name: a }\n" : cell.toString());
        write("manifest.json", "{\"code\":{\"engine\":\"e\"},\"jars\":{},\"files\":{},\"accepted\":[]}");
        try (Journal journal = Journal.open(new StudyFolder(folder).events())) {
            journal.append(new RunFact.Planned(units.stream()
                    .map(unit -> new PlannedUnit(unit, "of-" + unit.slot(), List.of()))
                    .toList()));
            for (RunFact fact : facts) {
                if (fact instanceof RunFact.Completed e) {
                    journal.append(new RunFact.Offered(e.unit()));
                } else if (fact instanceof RunFact.Failed e) {
                    journal.append(new RunFact.Offered(e.unit()));
                }
                journal.append(fact);
            }
        }
        return record();
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve("cells"));
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunRecord record() {
        return RunRecord.of(new StudyFolder(folder), store, manager).apply("a");
    }

    private Candidates candidates(Curve... curves) {
        NDArray images = manager.zeros(new Shape(4, 3, 1, 1));
        return new Candidates(
                new FixedImages(images), List.of(0, 0, 1, 1), List.of(1.0, 1.0, 1.0, 1.0), List.of(curves));
    }

    @Test
    void a_folder_that_does_not_exist_is_a_run_that_has_not_begun() {
        RunRecord run = RunRecord.of(new StudyFolder(runs.resolve("none")), store, manager)
                .apply("a");
        assertEquals(State.NOT_BEGUN, run.progress().state());
        assertTrue(run.units().isEmpty());
        assertEquals("", run.plan());
    }

    @Test
    void a_journal_without_a_last_word_is_an_unfinished_run_even_if_its_last_line_is_torn() throws Exception {
        RunFact.Completed data = data("7");
        written(List.of(data.unit(), new UnitName("target", 0, List.of())), data);
        Files.writeString(folder.resolve("events.jsonl"), "{\"event\":\"comp", StandardOpenOption.APPEND);
        RunRecord run = record();
        assertEquals(State.UNFINISHED, run.progress().state());
        assertEquals(Set.of("data/0"), run.artifacts().keySet());
        assertEquals("7", run.data().get("classes"));
        assertEquals("e", run.code().code().get("engine"));
        assertEquals("name: a\n", run.plan());
    }

    @Test
    void a_journal_that_breaks_the_grammar_is_refused_by_name() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> written(
                        List.of(new UnitName("data", 0, List.of())),
                        new RunFact.Reused(new UnitName("gallery", 0, List.of()), "d", "a", Summary.NONE)));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("events.jsonl: is damaged (line 2: "), message);
    }

    @Test
    void a_run_that_goes_on_after_a_failure_is_told_by_its_last_word() {
        UnitName unit = new UnitName("data", 0, List.of());
        RunRecord failed = written(new RunFact.Failed(unit, "no room"), new RunFact.Ended(Outcome.FAILED, "no room"));
        assertEquals(State.FAILED, failed.progress().state());
        assertEquals("data/0: no room", failed.progress().reason());
        RunRecord done = written(data("7"), new RunFact.Ended(Outcome.DONE, ""));
        assertEquals(State.DONE, done.progress().state());
        assertEquals("", done.progress().reason());
    }

    @Test
    void measurements_come_back_with_their_tables_pictures_and_charts() {
        Measurement measurement = new Measurement(
                List.of(new Figure("Acc@1(judge)", 0.75, Better.HIGHER, "fraction")),
                List.of(new Table("per class", List.of("a", "b"), List.of(new Row(4, List.of(1.5, Double.NaN))))),
                List.of(new Measurement.Picture("map", "what it shows", manager.ones(new Shape(3, 2, 5)))),
                List.of(
                        new Chart(
                                "way",
                                "how far",
                                Mark.LINE,
                                "step",
                                "distance",
                                List.of(new Series(
                                        "mean", List.of(1.0, 2.0), List.of(0.1, 0.2), List.of(), List.of()))),
                        new Chart(
                                "spread",
                                "",
                                Mark.DISTRIBUTION,
                                "",
                                "share",
                                List.of(Series.of("own", List.of(1.0 / 3)), Series.of("none", List.of())))));
        RunRecord run = written(
                metric(0, new MetricResult.Measured(measurement)),
                metric(1, new MetricResult.Undefined("one class only")));
        Measured measured = assertInstanceOf(Measured.class, run.scores().get(0));
        assertEquals(measurement.figures(), measured.figures());
        assertEquals(measurement.tables(), measured.tables());
        assertEquals(measurement.charts(), measured.charts());
        assertEquals("what it shows", measured.pictures().get(0).caption());
        assertEquals(5, measured.pictures().get(0).pixels().width());
        assertEquals(0xFFFFFF, measured.pictures().get(0).pixels().rgb(4, 1));
        assertEquals(
                new Undefined("of-metric/2", "one class only"), run.scores().get(1));
    }

    @Test
    void the_second_metric_of_a_name_keeps_its_number_while_the_first_is_not_finished() {
        RunRecord run = written(
                List.of(new UnitName("metric", 0, List.of()), new UnitName("metric", 1, List.of())),
                metric(1, new MetricResult.Undefined("one class only")));

        assertEquals(List.of(new Undefined("of-metric/2", "one class only")), run.scores());
    }

    @Test
    void a_measurement_of_an_earlier_version_has_no_charts() {
        Tensors stored =
                new Tensors(Map.of(), Map.of("product", "scores", "figures", "[]", "tables", "[]", "captions", "{}"));
        Artifact artifact = store.save("earlier", stored);

        MetricResult read = new MetricResult.Form(manager).decode(artifact, new Lifetime() {
            @Override
            public <T extends AutoCloseable> T own(T resource) {
                return resource;
            }
        });

        assertEquals(List.of(), ((MetricResult.Measured) read).measurement().charts());
    }

    @Test
    void a_metric_judges_the_attack_if_it_read_what_that_found_and_else_the_target() {
        MetricResult found =
                new MetricResult.Measured(Measurement.of(new Figure("accuracy", 0.75, Better.HIGHER, "fraction")));
        UnitName select = new UnitName("select", 0, List.of());
        UnitName target = new UnitName("target", 0, List.of());
        RunRecord run = written(
                new RunFact.Planned(List.of(
                        new PlannedUnit(new UnitName("metric", 0, List.of()), "first", List.of(target, select)),
                        new PlannedUnit(new UnitName("metric", 1, List.of()), "second", List.of(target)))),
                metric(0, found),
                metric(1, found));

        assertEquals(
                List.of(Subject.ATTACK, Subject.TARGET),
                run.scores().stream()
                        .map(score -> assertInstanceOf(Measured.class, score).subject())
                        .toList());
    }

    @Test
    void curves_of_a_stage_become_mean_and_quartiles_over_the_candidates_of_all_its_units() {
        Candidates first = candidates(
                new Curve("loss", List.of(new float[] {1, 8}, new float[] {2}, new float[] {3}, new float[] {4})));
        Candidates second = candidates(
                new Curve("loss", List.of(new float[] {5, 4}, new float[] {6}, new float[] {7}, new float[] {8})));
        RunRecord run = written(
                found("optimize", 0, first, Map.of("logits", 3L)),
                found("optimize", 1, second, Map.of("logits", 4L, "labels", 1L)),
                found("select", 0, first, Map.of()));
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
        RunRecord run = written(
                new RunFact.Completed(new UnitName("target", 0, List.of()), "d", "a", Network.figures(history)),
                new RunFact.Completed(new UnitName("generator", 0, List.of()), "d", "b", Summary.NONE));
        assertEquals(1, run.trainings().size());
        assertEquals("target", run.trainings().get(0).unit());
        assertEquals(history, run.trainings().get(0).epochs());
    }

    @Test
    void the_gallery_is_cut_into_classes() {
        RunRecord run = written(gallery(new Shape(2, 2, 3, 1, 1)));
        assertEquals(
                List.of(5, 9), run.gallery().stream().map(c -> c.targetClass()).toList());
        assertEquals(2, run.gallery().get(1).samples().size());
        assertEquals(0xFFFFFF, run.gallery().get(1).reconstructions().get(0).rgb(0, 0));
        assertEquals(0x808080, run.gallery().get(0).reconstructions().get(0).rgb(0, 0));
    }

    @Test
    void a_grey_gallery_is_drawn_grey_in_the_report_and_in_the_browser() {
        RunFact.Completed grey = gallery(new Shape(2, 2, 1, 4, 4));
        RunRecord run = written(grey);
        assertEquals(2, run.gallery().get(1).samples().size());
        assertEquals(0xFFFFFF, run.gallery().get(1).reconstructions().get(1).rgb(3, 3));
        assertEquals(0x808080, run.gallery().get(0).nearest().get(0).rgb(0, 0));
        assertEquals(
                List.of(0x808080, 0xFFFFFF),
                ShownProduct.of("gallery", store.artifact(grey.artifact()).file(), 16, 4).pictures().stream()
                        .map(image -> image.rgb(3, 3))
                        .toList());
    }

    @Test
    void what_is_no_image_is_not_drawn() {
        assertTrue(written(gallery(new Shape(2, 2, 2))).gallery().isEmpty());
        assertTrue(written(gallery(new Shape(2, 2, 2, 4, 4))).gallery().isEmpty());
    }

    @Test
    void the_best_reconstructions_of_an_artifact_are_seen_without_the_engine() {
        Path artifact =
                store.artifact(gallery(new Shape(2, 2, 3, 4, 4)).artifact()).file();

        ShownProduct seen = ShownProduct.of("gallery", artifact, 16, 2);

        assertEquals(
                List.of(0x808080, 0xFFFFFF),
                seen.pictures().stream().map(image -> image.rgb(1, 1)).toList());
        assertEquals(List.of(2, 2), seen.pictures().stream().map(Raster::width).toList());
        assertEquals(1, ShownProduct.of("gallery", artifact, 1, 2).pictures().size());
        assertEquals(List.of(), seen.curves());
    }

    @Test
    void the_curves_and_the_metrics_pictures_of_an_artifact_are_seen_without_the_engine() {
        NDArray drawn = manager.full(new Shape(3, 2, 5), -1f);
        Measurement measured = new Measurement(
                List.of(new Figure("f", 1, Better.HIGHER, "")),
                List.of(),
                List.of(new Measurement.Picture("route", "a route", drawn)));
        Path metric = store.artifact(
                        metric(0, new MetricResult.Measured(measured)).artifact())
                .file();
        Curve curve = new Curve("loss", List.of(new float[] {4, 2}, new float[] {2}));
        Candidates candidates = new Candidates(
                new FixedImages(manager.zeros(new Shape(2, 3, 1, 1))),
                List.of(0, 1),
                List.of(0.0, 1.0),
                List.of(curve));
        Path found = store.artifact(found("optimize", 0, candidates, Map.of()).artifact())
                .file();

        assertEquals(
                5, ShownProduct.of("metric", metric, 16, 9).pictures().get(0).width());
        assertEquals(
                List.of(3.0, 2.0),
                ShownProduct.of("optimize", found, 16, 9).curves().get(0).points().stream()
                        .map(Point::mean)
                        .toList());
    }

    /** Zeros of the first class, ones of the second. */
    private RunFact.Completed gallery(Shape shape) {
        NDArray found = manager.zeros(shape);
        found.get(1).addi(1);
        return completed(
                "gallery",
                0,
                new Gallery.Form(manager),
                new Gallery(manager.create(new long[] {5, 9}), manager.zeros(shape), found, found));
    }

    /** Whose images nobody looks at. */
    private record NoData() implements Dataset {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public Set<Part> parts() {
            return Set.of();
        }

        @Override
        public Images images(Part part) {
            throw new IllegalArgumentException("there are none");
        }
    }
}
