package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.obverse.api.control.Control.Role;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.MeasuredControl;
import org.obverse.engine.record.Progress;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;
import org.obverse.engine.study.Manifest;

/** The cells of a study with what they would have left, had they been run. */
public final class MeasuredCells {
    public static final String PLAN = """
            data: { use: synthetic-faces, identities: 12 }
            target: { classifier: { use: small-resnet }, defense: [ { use: label-smoothing, alpha: 0 } ] }
            evaluation: { judge: { classifier: { use: small-inception } } }
            generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
            attack: { use: ppa }
            metrics: [ { use: attack-accuracy }, { use: test-accuracy } ]
            """;
    public static final String TWO_ALPHAS = PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0] } }\n";
    public static final String SEEDS =
            PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0], seeds.training: [1, 2, 3] } }\n";
    private static final PlanReader READER = new PlanReader(Registry.ofClassPath());

    private final Study study;
    private final Map<String, String> artifacts =
            new LinkedHashMap<>(Map.of("sample/0", "start", "evaluation/0", "e0"));
    private final Map<String, String> data = new TreeMap<>(Map.of("classes", "12", "training-sha256", "abcdef0123456"));

    public MeasuredCells(String plan, String name) {
        this.study = READER.read(plan, "plan.yaml", name, List.of());
    }

    MeasuredCells with(String unit, String artifact) {
        artifacts.put(unit, artifact);
        return this;
    }

    MeasuredCells without(String unit) {
        artifacts.remove(unit);
        return this;
    }

    public MeasuredCells data(String fact, String value) {
        data.put(fact, value);
        return this;
    }

    /**
     * A cell that is finished.
     *
     * @param scores one per metric
     */
    public ComparedCell cell(int index, Score... scores) {
        Map<String, String> made = new LinkedHashMap<>(artifacts);
        for (int i = 0; i < scores.length; i++) {
            made.put("metric/" + i, "m" + i);
        }
        return cell(index, List.copyOf(made.keySet()), made, List.of(scores), List.of());
    }

    /** A cell with controls, of which and of whose attack one metric is finished. */
    ComparedCell controlled(int index, Score score, MeasuredControl... controls) {
        Map<String, String> made = new LinkedHashMap<>(artifacts);
        made.put("metric/0", "m0");
        return cell(index, List.copyOf(made.keySet()), made, List.of(score), List.of(controls));
    }

    static MeasuredControl control(String name, Role role, Score score) {
        return new MeasuredControl(name, role, 12, Map.of(), List.of(score));
    }

    /** A cell of which one metric is missing. */
    public ComparedCell unfinished(int index) {
        List<String> units = new ArrayList<>(artifacts.keySet());
        units.add("metric/0");
        return cell(index, units, artifacts, List.of(), List.of());
    }

    private ComparedCell cell(
            int index,
            List<String> units,
            Map<String, String> made,
            List<Score> scores,
            List<MeasuredControl> controls) {
        Cell cell = study.cells().get(index);
        return new ComparedCell(
                study.name(),
                cell,
                new RunRecord(
                        new Progress(State.DONE, ""),
                        units,
                        made,
                        PlanWriter.yaml(cell.plan()),
                        new Manifest(Map.of(), Map.of(), Map.of(), List.of()),
                        data,
                        scores,
                        controls,
                        List.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of()));
    }

    /** Acc@1 of each class. */
    public static Score accuracy(double... byClass) {
        return new Score.Measured(
                "attack-accuracy",
                Subject.ATTACK,
                List.of(new Figure("Acc@1(judge)", 0, Better.HIGHER, "fraction")),
                List.of(table("attack accuracy(judge)", "Acc@1", byClass)),
                List.of(),
                List.of());
    }

    /** The same of the candidates where the attack started, as a plan's {@code of: sample} names it. */
    static Score sampledAccuracy(double... byClass) {
        Score.Measured measured = (Score.Measured) accuracy(byClass);
        return new Score.Measured(
                measured.metric(),
                measured.subject(),
                List.of(new Figure("sampled Acc@1(judge)", 0, Better.HIGHER, "fraction")),
                List.of(table("sampled attack accuracy(judge)", "Acc@1", byClass)),
                List.of(),
                List.of());
    }

    /** The accuracy of the target on each class. */
    public static Score testAccuracy(double... byClass) {
        return new Score.Measured(
                "test-accuracy",
                Subject.TARGET,
                List.of(new Figure("test accuracy", 0, Better.HIGHER, "fraction")),
                List.of(table("test accuracy", "accuracy", byClass)),
                List.of(),
                List.of());
    }

    static Table table(String name, String column, double... byClass) {
        return new Table(
                name,
                List.of(column),
                IntStream.range(0, byClass.length)
                        .mapToObj(label -> new Row(label, List.of(byClass[label])))
                        .toList());
    }

    /** Twelve values around one, which rise and fall by up to 0.1. */
    public static double[] around(double middle) {
        return IntStream.range(0, 12)
                .mapToDouble(i -> middle + 0.02 * (i * 7 % 11 - 5))
                .toArray();
    }

    /** The same in another order of deviations, so that differences vary, too. */
    public static double[] reversed(double middle) {
        double[] values = around(middle);
        return IntStream.range(0, 12).mapToDouble(i -> values[11 - i]).toArray();
    }

    public static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
