package org.obverse.plugins.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

/**
 * Writes three tables:
 *
 * <ul>
 *   <li>{@code facts.csv}, a row per fact. {@code attempt} counts how often the run was begun or resumed, {@code heard} is when the
 *       fact was told (ISO 8601). What an attempt is told of earlier ones has its row already and gets none.
 *   <li>{@code curves.csv}, a row per point: the epochs of trainings ({@code source} is {@code epoch}) and the figures of progress
 *       ({@code progress}, of which some is never told). A step that an earlier attempt wrote is not written again.
 *   <li>{@code metrics.csv}, a row per figure and cell, with a column per axis of the study; begun anew by each attempt, which is told
 *       all that is finished.
 * </ul>
 *
 * <p>Names of cells are separated by {@code ;} where a unit belongs to several.
 */
final class Tables implements RunListener {
    static final List<String> FACTS = List.of(
            "run",
            "attempt",
            "heard",
            "fact",
            "unit",
            "slot",
            "component",
            "cells",
            "classes",
            "digest",
            "artifact",
            "outcome",
            "reason");
    static final List<String> CURVES =
            List.of("run", "cells", "unit", "slot", "component", "source", "step", "name", "value");
    private static final List<String> METRICS = List.of("unit", "slot", "component", "name", "value");

    private final Optional<Path> chosen;
    private final Map<UnitName, Place> places = new HashMap<>();
    private final Set<UnitName> working = new HashSet<>();
    /** What facts.csv says of finished units, as fact, unit, digest and artifact, until it is told again. */
    private final Set<List<String>> written = new HashSet<>();
    /** The last step in curves.csv, by unit, source and name, of units that are not settled. */
    private final Map<String, Map<List<String>, Long>> steps = new HashMap<>();

    private Optional<Open> open = Optional.empty();

    /** Where a unit belongs. */
    private record Place(String component, List<RunView.Cell> cells) {
        String names() {
            return cells.stream().map(RunView.Cell::name).collect(Collectors.joining(";"));
        }
    }

    private record Open(String run, int attempt, List<String> axes, Table facts, Table curves, Table metrics) {}

    /**
     * @param chosen the folder of the folders of runs; nothing for the run's own
     */
    Tables(Optional<Path> chosen) {
        this.chosen = chosen;
    }

    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        Path folder = chosen.map(named -> named.resolve(run.name()))
                .orElseGet(() -> run.folder().resolve("tables"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of tables " + folder, e);
        }
        place(fact, run);
        List<String> axes = run.cells().stream()
                .flatMap(cell -> cell.coordinates().keySet().stream())
                .distinct()
                .toList();
        int[] attempts = {1};
        Table facts = Table.goOn(folder.resolve("facts.csv"), FACTS, row -> {
            attempts[0] += row.get(3).equals("planned") ? 1 : 0;
            written.add(List.of(row.get(3), row.get(4), row.get(9), row.get(10)));
        });
        Table curves = Table.goOn(
                folder.resolve("curves.csv"),
                CURVES,
                row -> steps.computeIfAbsent(row.get(2), unit -> new HashMap<>())
                        .merge(List.of(row.get(5), row.get(7)), Long.valueOf(row.get(6)), Math::max));
        List<String> columns = new ArrayList<>(List.of("run", "cell"));
        columns.addAll(axes);
        columns.addAll(METRICS);
        Table metrics = Table.begin(folder.resolve("metrics.csv"), columns);
        open = Optional.of(new Open(run.name(), attempts[0], axes, facts, curves, metrics));
        add("planned", Optional.empty(), "", "", "", "");
    }

    private void place(RunFact.Planned fact, RunView run) {
        fact.units().forEach(unit -> places.put(unit.unit(), new Place(unit.component(), new ArrayList<>())));
        for (RunView.Cell cell : run.cells()) {
            cell.units().forEach(unit -> place(unit).cells().add(cell));
        }
    }

    private Place place(UnitName unit) {
        return places.computeIfAbsent(unit, unknown -> new Place("", new ArrayList<>()));
    }

    @Override
    public void offered(RunFact.Offered fact, RunView run) {
        working.add(fact.unit());
        add("offered", Optional.of(fact.unit()), "", "", "", "");
    }

    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        finish("completed", fact.unit(), List.of(fact.digest(), fact.artifact()), fact.summary());
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        finish("reused", fact.unit(), List.of(fact.digest(), fact.artifact()), fact.summary());
    }

    @Override
    public void lost(RunFact.Lost fact, RunView run) {
        add("lost", Optional.of(fact.unit()), "", "", "", fact.reason());
    }

    @Override
    public void failed(RunFact.Failed fact, RunView run) {
        working.remove(fact.unit());
        steps.remove(fact.unit().toString());
        add("failed", Optional.of(fact.unit()), "", "", "", fact.reason());
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        add("ended", Optional.empty(), "", "", fact.outcome().name().toLowerCase(Locale.ROOT), fact.reason());
    }

    @Override
    public void progressed(Progress progress, RunView run) {
        if (progress instanceof Progress.OfUnit ofUnit) {
            List<List<String>> points = points(ofUnit.unit(), "progress", ofUnit.done(), ofUnit.figures());
            open.ifPresent(tables -> tables.curves().append(points));
        }
    }

    private void finish(String fact, UnitName unit, List<String> product, Summary summary) {
        boolean known = written.remove(List.of(fact, unit.toString(), product.get(0), product.get(1)));
        if (working.remove(unit) || !known) {
            add(fact, Optional.of(unit), product.get(0), product.get(1), "", "");
        }
        List<List<String>> points = new ArrayList<>();
        for (int epoch = 1; epoch <= summary.epochs().size(); epoch++) {
            points.addAll(points(unit, "epoch", epoch, summary.epochs().get(epoch - 1)));
        }
        steps.remove(unit.toString());
        open.ifPresent(tables -> {
            tables.curves().append(points);
            tables.metrics().append(figures(tables, unit, summary));
        });
    }

    /** The rows of the points that no attempt has written. */
    private List<List<String>> points(UnitName unit, String source, long step, Map<String, Double> figures) {
        Map<List<String>, Long> last = steps.computeIfAbsent(unit.toString(), any -> new HashMap<>());
        List<List<String>> rows = new ArrayList<>();
        figures.forEach((name, value) -> {
            List<String> curve = List.of(source, name);
            if (step > last.getOrDefault(curve, Long.MIN_VALUE)) {
                last.put(curve, step);
                Place place = place(unit);
                rows.add(List.of(
                        open.map(Open::run).orElse(""),
                        place.names(),
                        unit.toString(),
                        unit.slot(),
                        place.component(),
                        source,
                        String.valueOf(step),
                        name,
                        String.valueOf(value)));
            }
        });
        return rows;
    }

    private List<List<String>> figures(Open tables, UnitName unit, Summary summary) {
        Map<String, String> values = new LinkedHashMap<>();
        summary.figures().forEach((name, value) -> values.put(name, String.valueOf(value)));
        summary.queries().forEach((kind, count) -> values.put("queries/" + kind, String.valueOf(count)));
        List<List<String>> rows = new ArrayList<>();
        for (RunView.Cell cell : place(unit).cells()) {
            values.forEach((name, value) -> {
                List<String> row = new ArrayList<>(List.of(tables.run(), cell.name()));
                tables.axes().forEach(axis -> row.add(cell.coordinates().getOrDefault(axis, "")));
                row.addAll(List.of(unit.toString(), unit.slot(), place(unit).component(), name, value));
                rows.add(row);
            });
        }
        return rows;
    }

    private void add(
            String fact, Optional<UnitName> unit, String digest, String artifact, String outcome, String reason) {
        open.ifPresent(tables -> tables.facts()
                .append(List.of(List.of(
                        tables.run(),
                        String.valueOf(tables.attempt()),
                        Instant.now().toString(),
                        fact,
                        unit.map(UnitName::toString).orElse(""),
                        unit.map(UnitName::slot).orElse(""),
                        unit.map(name -> place(name).component()).orElse(""),
                        unit.map(name -> place(name).names()).orElse(""),
                        unit.map(Tables::classes).orElse(""),
                        digest,
                        artifact,
                        outcome,
                        reason))));
    }

    private static String classes(UnitName unit) {
        return unit.classes().stream().map(String::valueOf).collect(Collectors.joining(";"));
    }
}
