package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.plugins.mlflow.Store.Metric;
import org.obverse.plugins.mlflow.Store.Status;
import org.obverse.plugins.mlflow.StudyPlan.PlannedCell;

/**
 * Says in steps what a store is told of a run. Of a metric only steps behind its last one are told, so that a resumed run doubles
 * nothing. The figures of a unit are {@code LABEL/NAME}, its epochs {@code LABEL/epoch/NAME}, its progress {@code
 * LABEL/progress/NAME}.
 */
final class Recorder {
    private final Store store;
    private final Map<String, Store.Run> runs = new LinkedHashMap<>();
    private final Set<UnitName> finished = new HashSet<>();
    private StudyPlan study = new StudyPlan("", Path.of(""), List.of());

    /** One call of the store, or a few that may be repeated together. */
    @FunctionalInterface
    interface Step {
        void take() throws IOException, InterruptedException;
    }

    Recorder(Store store) {
        this.store = store;
    }

    /** What these messages come to, in order; metrics of several messages go together. */
    List<Step> steps(List<Message> messages) {
        List<Step> steps = new ArrayList<>();
        Map<PlannedCell, List<Metric>> metrics = new LinkedHashMap<>();
        for (Message message : messages) {
            if (message instanceof Message.Planned planned) {
                study = planned.study();
                study.cells().forEach(cell -> steps.addAll(begin(cell, planned.time())));
            } else if (message instanceof Message.UnderWay underWay) {
                UnitName unit = underWay.progress().unit();
                points(
                        metrics,
                        unit,
                        "/progress/",
                        underWay.progress().figures(),
                        underWay.time(),
                        underWay.progress().done());
            } else if (message instanceof Message.Fact told) {
                fact(told, metrics, steps);
            }
        }
        steps.addAll(log(metrics));
        return steps;
    }

    private List<Step> begin(PlannedCell cell, long time) {
        List<Step> steps = new ArrayList<>();
        steps.add(() -> runs.put(cell.name(), open(cell, time)));
        for (Map<String, String> part : Limits.parts(StudyPlan.params(cell.plan()))) {
            steps.add(() -> {
                Store.Run run = run(cell);
                Map<String, String> missing = new LinkedHashMap<>(part);
                missing.keySet().removeAll(run.params());
                if (!missing.isEmpty()) {
                    store.log(run, List.of(), missing, Map.of());
                    run.params().addAll(missing.keySet());
                }
            });
        }
        steps.add(() -> store.attach(run(cell), "plan.yaml", cell.plan().getBytes(StandardCharsets.UTF_8)));
        return steps;
    }

    private Store.Run open(PlannedCell cell, long time) throws IOException, InterruptedException {
        String experiment = store.experiment(study.name(), time);
        Map<String, String> identity = study.identity(cell);
        for (Store.Run run : store.runs(experiment, StudyPlan.STUDY, identity.getOrDefault(StudyPlan.STUDY, ""))) {
            if (run.tags().entrySet().containsAll(identity.entrySet())) {
                store.update(run, Status.RUNNING, time);
                return run;
            }
        }
        Map<String, String> tags = new LinkedHashMap<>(identity);
        tags.put("mlflow.runName", Limits.cut(cell.name(), Limits.TAG));
        tags.put("mlflow.source.name", "obverse");
        tags.put("mlflow.source.type", "LOCAL");
        return store.create(experiment, cell.name(), tags, time);
    }

    private Store.Run run(PlannedCell cell) throws Store.RefusedException {
        Store.Run run = runs.get(cell.name());
        if (run == null) {
            throw new Store.RefusedException("the run could not be begun there");
        }
        return run;
    }

    private void fact(Message.Fact told, Map<PlannedCell, List<Metric>> metrics, List<Step> steps) {
        if (told.fact() instanceof RunFact.Completed e) {
            finish(e.unit(), e.summary(), told.time(), metrics);
        } else if (told.fact() instanceof RunFact.Reused e) {
            finish(e.unit(), e.summary(), told.time(), metrics);
        } else if (told.fact() instanceof RunFact.Failed e) {
            String reason = Limits.cut(e.unit() + ": " + e.reason(), Limits.TAG);
            cellsOf(e.unit())
                    .forEach(cell -> steps.add(
                            () -> store.log(run(cell), List.of(), Map.of(), Map.of("obverse.failed", reason))));
        } else if (told.fact() instanceof RunFact.Ended e) {
            steps.addAll(log(metrics));
            metrics.clear();
            study.cells().forEach(cell -> steps.addAll(end(cell, e.outcome(), told.time())));
        }
    }

    private List<PlannedCell> cellsOf(UnitName unit) {
        return study.cells().stream()
                .filter(cell -> cell.labels().containsKey(unit))
                .toList();
    }

    private void finish(UnitName unit, Summary summary, long time, Map<PlannedCell, List<Metric>> metrics) {
        finished.add(unit);
        for (int i = 0; i < summary.epochs().size(); i++) {
            points(metrics, unit, "/epoch/", summary.epochs().get(i), time, i + 1);
        }
        points(metrics, unit, "/", summary.figures(), time, 0);
        Map<String, Double> queries = new LinkedHashMap<>();
        summary.queries().forEach((kind, count) -> queries.put(kind, (double) count));
        points(metrics, unit, "/queries/", queries, time, 0);
    }

    private void points(
            Map<PlannedCell, List<Metric>> metrics,
            UnitName unit,
            String part,
            Map<String, Double> figures,
            long time,
            long step) {
        for (PlannedCell cell : cellsOf(unit)) {
            List<Metric> all = metrics.computeIfAbsent(cell, any -> new ArrayList<>());
            String label = cell.labels().get(unit) + part;
            figures.forEach((name, value) -> all.add(new Metric(Limits.name(label + name), value, time, step)));
        }
    }

    private List<Step> log(Map<PlannedCell, List<Metric>> metrics) {
        List<Step> steps = new ArrayList<>();
        metrics.forEach((cell, all) -> Limits.parts(all, Limits.METRICS).forEach(part -> steps.add(step(cell, part))));
        return steps;
    }

    /** A request that got no answer may have been heard, so that a second attempt first asks what is known. */
    private Step step(PlannedCell cell, List<Metric> metrics) {
        AtomicBoolean tried = new AtomicBoolean();
        return () -> {
            if (tried.getAndSet(true)) {
                runs.put(cell.name(), store.known(run(cell)));
            }
            log(run(cell), metrics);
        };
    }

    private void log(Store.Run run, List<Metric> metrics) throws IOException, InterruptedException {
        Map<String, Long> last = new HashMap<>();
        List<Metric> behind = new ArrayList<>();
        for (Metric metric : metrics) {
            long before = Math.max(
                    run.steps().getOrDefault(metric.key(), Long.MIN_VALUE),
                    last.getOrDefault(metric.key(), Long.MIN_VALUE));
            if (metric.step() > before) {
                last.put(metric.key(), metric.step());
                behind.add(metric);
            }
        }
        if (!behind.isEmpty()) {
            store.log(run, behind, Map.of(), Map.of());
            run.steps().putAll(last);
        }
    }

    private List<Step> end(PlannedCell cell, Outcome outcome, long time) {
        Status status = finished.containsAll(cell.labels().keySet())
                ? Status.FINISHED
                : outcome == Outcome.INTERRUPTED ? Status.KILLED : Status.FAILED;
        List<Step> steps = new ArrayList<>();
        steps.add(() -> store.update(run(cell), status, time));
        if (outcome != Outcome.INTERRUPTED) {
            for (String name : List.of("report.html", "pictures.png")) {
                steps.add(() -> attach(cell, name));
            }
            steps.add(() -> {
                for (String name : besideTheReport()) {
                    attach(cell, name);
                }
            });
        }
        return steps;
    }

    private void attach(PlannedCell cell, String name) throws IOException, InterruptedException {
        Path file = study.folder().resolve(name);
        if (Files.isRegularFile(file)) {
            store.attach(run(cell), name, Files.readAllBytes(file));
        }
    }

    /** The pictures of a report that would be too large with them. */
    private List<String> besideTheReport() throws IOException {
        Path folder = study.folder().resolve("report-pictures");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> "report-pictures/" + file.getFileName())
                    .sorted()
                    .toList();
        }
    }
}
