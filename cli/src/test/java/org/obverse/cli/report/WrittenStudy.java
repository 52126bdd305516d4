package org.obverse.cli.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Picture;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/**
 * A study whose runs are written without running anything, and its report.
 *
 * @param units that were written so far, by slot and what they produced
 */
record WrittenStudy(Study study, Path runs, NDManager manager, Map<String, UnitName> units) {
    static final String PLAN = """
            data: { use: synthetic-faces, identities: 2 }
            target: { classifier: { use: small-resnet }, defense: [ { use: label-smoothing, alpha: 0 } ] }
            """;
    static final String TWO_ALPHAS = PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0] } }\n";
    static final String SEEDS =
            PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0], seeds.training: [1, 2] } }\n";
    private static final PlanReader READER = new PlanReader(Registry.ofClassPath());

    static WrittenStudy of(String plan, Path runs, NDManager manager) {
        return new WrittenStudy(READER.read(plan, "plan.yaml", "sample", List.of()), runs, manager, new HashMap<>());
    }

    static Figure accuracy(double value) {
        return new Figure("Acc@1(judge)", value, Better.HIGHER, "fraction");
    }

    WrittenRun run(int cell) {
        return new WrittenRun(study.cells().get(cell), this);
    }

    /** The study's unit of a slot with this product. */
    UnitName unit(String slot, String product) {
        int number = (int)
                units.values().stream().filter(unit -> unit.slot().equals(slot)).count();
        return units.computeIfAbsent(slot + " " + product, key -> new UnitName(slot, number, List.of()));
    }

    StudyFolder folder() {
        return StudyFolder.of(runs, study.name());
    }

    ArtifactStore store() {
        return new ArtifactStore(runs.resolve("objects"));
    }

    /** A finished run with everything that a run can leave; samples are as dark as reconstructions are light. */
    void whole(int cell, float shade) {
        Curve curve = new Curve("loss", List.of(new float[] {4, 2, 1}, new float[] {5, 3}));
        NDArray images = manager.full(new Shape(2, 3, 3, 4, 4), shade);
        run(cell)
                .data("2")
                .trained("target", manager.create(shade), List.of(new EpochFigures(2, 0.5), new EpochFigures(1, 1)))
                .trained("evaluation", manager.create(9f), List.of(new EpochFigures(3, 0.4), new EpochFigures(2, 0.6)))
                .found("optimize", curve, Map.of("logits with gradient", 6250L))
                .measured(
                        "attack-accuracy",
                        List.of(accuracy(0.5 + shade / 10)),
                        List.of(new Table("per class", List.of("Acc@1"), List.of(new Row(0, List.of(0.25))))))
                .measured(
                        "map",
                        List.of(new Figure("length", 3, Better.NEITHER, "steps")),
                        List.of(),
                        List.of(new Picture("map", "a map of it all", manager.zeros(new Shape(3, 5, 6)))))
                .drawn("geometry", List.of(new Figure("ratio", 2 + shade, Better.NEITHER, "ratio")), charts(shade))
                .gallery(2, images.neg(), images)
                .done();
    }

    /** One of each kind. */
    static List<Chart> charts(double shade) {
        List<Double> places = List.of(-0.05, 0.0, 0.05, 0.1);
        List<Double> rising = List.of(0.1, 0.4, 0.5, 0.5 + shade / 10);
        return List.of(
                new Chart(
                        "stability",
                        "how steady it is",
                        Mark.LINE,
                        "smoothing",
                        "cosine",
                        List.of(
                                new Series(
                                        "with <band>",
                                        places,
                                        rising,
                                        List.of(0.0, 0.3, 0.4, 0.4),
                                        List.of(0.2, 0.5, 0.6, 0.9)),
                                Series.of("without", places, List.of(0.7, 0.6, 0.5, 0.4)))),
                new Chart(
                        "embedding",
                        "where samples lie",
                        Mark.POINTS,
                        "first",
                        "second",
                        List.of(
                                Series.of("own", List.of(1.0, 2.0), List.of(3.0, 4.0)),
                                Series.of("other", List.of(-1.0), List.of(2.0)))),
                new Chart(
                        "distances",
                        "how far samples lie apart",
                        Mark.DISTRIBUTION,
                        "",
                        "distance",
                        List.of(
                                Series.of("near", List.of(1.0, 2.0, 2.0, 3.0)),
                                Series.of("far", List.of(4.0, 6.0, 6.5)))));
    }

    String page() {
        try {
            return Files.readString(ReportWriter.write(study, runs, store(), manager));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String summary() {
        return summary(100);
    }

    String summary(int width) {
        return ReportWriter.summary(study, runs, store(), manager, width);
    }

    /** A file beside the page. */
    Path file(String name) {
        return runs.resolve(study.name()).resolve(name);
    }
}
