package org.obverse.plugins.mlflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

/** A study of two cells that share a target, and what a listener hears of it. */
record Course(String name, Path folder, String plan) implements RunView {
    static final UnitName TARGET = new UnitName("target", 0, List.of());
    static final List<UnitName> METRICS =
            List.of(new UnitName("metric", 0, List.of()), new UnitName("metric", 1, List.of()));
    static final String PLAN = """
            name: study
            target: { training: { epochs: 2, milestones: [] }, weights: "" }
            metrics: [ { use: attack-accuracy, judge: none } ]
            classes: [1, 2]
            """;

    Course(Path folder) {
        this("study", folder, PLAN);
    }

    @Override
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < METRICS.size(); i++) {
            cells.add(new Cell("cell=" + i, Map.of(), plan, List.of(TARGET, METRICS.get(i))));
        }
        return cells;
    }

    @Override
    public Optional<Product> product(UnitName unit) {
        return Optional.empty();
    }

    void plan(RunListener listener) {
        List<RunFact.PlannedUnit> units = new ArrayList<>();
        units.add(new RunFact.PlannedUnit(TARGET, "small-resnet", List.of()));
        METRICS.forEach(metric -> units.add(new RunFact.PlannedUnit(metric, "attack-accuracy", List.of(TARGET))));
        listener.planned(new RunFact.Planned(units), this);
    }

    void progress(RunListener listener, long from, long to) {
        for (long step = from; step <= to; step++) {
            listener.progressed(new Progress.OfUnit(TARGET, step, to, Map.of("loss", 1.0 / step)), this);
        }
    }

    void trained(RunListener listener, int epochs) {
        List<Map<String, Double>> curve = new ArrayList<>();
        for (int i = 0; i < epochs; i++) {
            curve.add(Map.of("loss", i == 0 ? Double.NaN : 1.0 / i));
        }
        listener.completed(
                new RunFact.Completed(TARGET, "d", "a", new Summary(Map.of("test accuracy", 0.75), Map.of(), curve)),
                this);
    }

    void measured(RunListener listener, int metric) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("Acc@1", 0.25 * (metric + 1));
        figures.put("../odd/", Double.POSITIVE_INFINITY);
        listener.completed(
                new RunFact.Completed(
                        METRICS.get(metric), "d", "a", new Summary(figures, Map.of("labels", 40L), List.of())),
                this);
    }

    void end(RunListener listener, Outcome outcome) {
        listener.ended(new RunFact.Ended(outcome, ""), this);
    }

    /** All of it. */
    void run(RunListener listener) {
        plan(listener);
        progress(listener, 1, 2);
        trained(listener, 2);
        measured(listener, 0);
        measured(listener, 1);
        end(listener, Outcome.DONE);
    }
}
