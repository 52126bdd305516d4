package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.attack.Preparer;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.Progress;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;
import org.obverse.engine.study.Manifest;

/** An undefended and a defended target, attacked in every way, with what the attacks would have left. */
final class StudyOfTargets {
    static final String DEFENSE = "label-smoothing {alpha: -0.05, schedule: fraction, ramp: 0.5, hold: 0.75}";
    static final Place MAIN = new Place("attack-accuracy", "attack accuracy(judge)", "Acc@1");

    private static final String MODELS = """
            data: { use: synthetic-faces, identities: 12 }
            targets:
              plain: { classifier: { use: small-resnet } }
              negative: { like: plain, access: ACCESS, defense: [ { use: label-smoothing, alpha: -0.05 } ] }
            evaluation: { judge: { classifier: { use: small-inception } } }
            generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
            metrics:
              - { use: attack-accuracy }
              - { use: test-accuracy, target: plain }
              - { use: test-accuracy, target: negative }
              - { use: loss-geometry, target: negative }
            """;
    private static final Map<String, String> ATTACKS = Map.of(
            "plain", "{ use: ppa, target: plain }",
            "white", "{ use: ppa, target: negative }",
            "scores", "{ use: cma-es, target: negative }",
            "labels", "{ use: brep-mi, prior: planned, target: negative }",
            "surrogates",
                    "{ use: ppa, target: negative, stages: { prepare: { use: surrogates }, optimize: { loss: { use: ensemble,"
                            + " target: 0 } } } }",
            "other model", "{ use: ppa, target: negative, stages: { optimize: { target: plain } } }",
            "helped",
                    "{ use: ppa, target: negative, stages: { prepare: { use: surrogates }, optimize: { loss: ensemble } } }",
            "adapted", "{ use: ppa, target: negative, stages: { optimize: { loss: margin-matching } } }",
            "first draws",
                    "{ use: ppa, target: negative, stages: { optimize: none, select: none, sample: { target: plain } } }");

    private final Study study;
    private final Map<String, double[]> found = new LinkedHashMap<>();
    private final Map<String, List<CurveBand>> curves = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Double>>> figures = new LinkedHashMap<>();
    private final Map<String, List<Preparer.Figure>> prepared = new LinkedHashMap<>();
    private final List<Figure> geometry = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private double plain = 0.975;
    private double negative = 0.975;

    private StudyOfTargets(Study study) {
        this.study = study;
    }

    static StudyOfTargets of(String... attacks) {
        return granting("white-box", attacks);
    }

    static StudyOfTargets granting(String access, String... attacks) {
        String axis = Arrays.stream(attacks)
                .map(name ->
                        name + ": " + Optional.ofNullable(ATTACKS.get(name)).orElseThrow())
                .collect(Collectors.joining(", "));
        String plan = MODELS.replace("ACCESS", access) + "study: { axes: { attack: { " + axis + " } } }\n";
        return new StudyOfTargets(new PlanReader(Registry.ofClassPath()).read(plan, "plan.yaml", "study", List.of()));
    }

    /** Acc@1 of an attack, around which people differ. */
    StudyOfTargets finds(String attack, double... byClass) {
        found.put(attack, byClass.length == 1 ? MeasuredCells.around(byClass[0]) : byClass);
        return this;
    }

    StudyOfTargets accurate(double undefended, double defended) {
        plain = undefended;
        negative = defended;
        return this;
    }

    StudyOfTargets curve(String attack, double first, double last) {
        curves.put(
                attack,
                List.of(new CurveBand(
                        "optimize",
                        "loss",
                        List.of(
                                new CurveBand.Point(1, first, first, first),
                                new CurveBand.Point(50, last, last, last)))));
        return this;
    }

    StudyOfTargets unit(String attack, String unit, String figure, double value) {
        figures.put(attack, Map.of(unit, Map.of(figure, value)));
        return this;
    }

    StudyOfTargets prepares(String attack, Preparer.Figure... figures) {
        prepared.put(attack, List.of(figures));
        return this;
    }

    StudyOfTargets geometry(String figure, double value) {
        geometry.add(new Figure(figure, value, Better.NEITHER, "cosine"));
        return this;
    }

    StudyOfTargets unfinished(String attack) {
        unfinished.add(attack);
        return this;
    }

    Study planned() {
        return study;
    }

    ReportedStudy reported() {
        return new ReportedStudy(
                "study",
                study.cells().stream()
                        .map(cell -> {
                            String name = cell.coordinates().get(0).value();
                            return new ReportedCell(cell, record(name));
                        })
                        .toList(),
                "");
    }

    private RunRecord record(String name) {
        List<Score> scores = new ArrayList<>();
        scores.add(MeasuredCells.accuracy(
                Optional.ofNullable(found.get(name)).orElseGet(() -> MeasuredCells.around(0.5))));
        scores.add(target("test-accuracy", new Figure("test accuracy", plain, Better.HIGHER, "fraction")));
        scores.add(target("test-accuracy/2", new Figure("test accuracy", negative, Better.HIGHER, "fraction")));
        if (!geometry.isEmpty()) {
            scores.add(target("loss-geometry", geometry.toArray(Figure[]::new)));
        }
        return new RunRecord(
                new Progress(unfinished.contains(name) ? State.UNFINISHED : State.DONE, ""),
                IntStream.range(0, scores.size()).mapToObj(i -> "metric/" + i).toList(),
                Map.of(),
                "",
                new Manifest(Map.of(), Map.of(), Map.of(), List.of()),
                Map.of("classes", "12"),
                scores,
                List.of(),
                List.of(),
                figures.getOrDefault(name, Map.of()),
                prepared.getOrDefault(name, List.of()),
                curves.getOrDefault(name, List.of()),
                List.of(),
                Map.of(),
                List.of());
    }

    private static Score target(String metric, Figure... figures) {
        return new Score.Measured(metric, Subject.TARGET, List.of(figures), List.of(), List.of(), List.of());
    }

    Evidence evidence() {
        ReportedStudy reported = reported();
        return Evidence.of(reported, Setting.of(reported), Optional.of(MAIN));
    }

    /** What is said of the defended target. */
    Account account() {
        Evidence evidence = evidence();
        TestedTarget target = evidence.attacked().stream()
                .filter(attacked -> attacked.label().equals(DEFENSE))
                .findFirst()
                .orElseThrow();
        return new Account(target, evidence.verification(target));
    }
}
