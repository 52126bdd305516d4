package org.obverse.cli.report.study;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.Study;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

/**
 * A study and what its runs left.
 *
 * @param cells at least one, in the study's order
 * @param source the plan that it was read from, overrides included, YAML
 */
public record ReportedStudy(String name, List<ReportedCell> cells, String source) {
    public ReportedStudy {
        cells = List.copyOf(cells);
    }

    /**
     * @param runs the folder of all runs
     * @param manager to read tensors with; nothing stays attached to it
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the journal or an artifact of a finished unit is gone or damaged
     */
    public static ReportedStudy read(Study study, Path runs, ArtifactStore artifacts, NDManager manager) {
        Function<String, RunRecord> records = RunRecord.of(StudyFolder.of(runs, study.name()), artifacts, manager);
        return new ReportedStudy(
                study.name(),
                study.cells().stream()
                        .map(cell -> new ReportedCell(cell, records.apply(cell.name())))
                        .toList(),
                Yaml.write(study.source()));
    }

    /** The same without what is only looked at, which takes most of the memory. */
    public ReportedStudy withoutPictures() {
        return new ReportedStudy(
                name,
                cells.stream()
                        .map(cell -> new ReportedCell(cell.cell(), cell.run().withoutPictures()))
                        .toList(),
                source);
    }

    /** The labels of the axes, outermost first. */
    public List<String> axes() {
        return cells.get(0).cell().coordinates().stream().map(Coordinate::label).toList();
    }

    /** Equal things of several cells once, each with the cells that have it. */
    public <T> Map<T, List<ReportedCell>> grouped(Function<ReportedCell, List<T>> things) {
        Map<T, List<ReportedCell>> grouped = new LinkedHashMap<>();
        for (ReportedCell cell : cells) {
            things.apply(cell)
                    .forEach(thing -> grouped.computeIfAbsent(thing, key -> new ArrayList<>())
                            .add(cell));
        }
        return grouped;
    }

    /** What is against the figures and is accepted by the plan, in lines to stand below every table. */
    public List<String> accepted() {
        List<String> lines = new ArrayList<>();
        grouped(cell -> cell.run().accepted()).forEach((reason, some) -> {
            String where = some.size() == cells.size() ? "" : ", in " + label(some);
            lines.add("accepted by the plan: " + reason + where);
        });
        return lines;
    }

    /** Names some of the cells by the values that they alone have, of axes on which they are not all; empty if the only cell. */
    public String label(List<ReportedCell> some) {
        if (some.size() == cells.size()) {
            return cells.size() == 1 ? "" : "all runs";
        }
        Map<String, Set<String>> every = values(cells);
        Map<String, Set<String>> own = values(some);
        long matching = cells.stream()
                .filter(cell -> cell.cell().coordinates().stream()
                        .allMatch(at -> own.getOrDefault(at.label(), Set.of()).contains(at.value())))
                .count();
        if (matching != some.size()) {
            return some.stream().map(ReportedCell::label).collect(Collectors.joining("; "));
        }
        return own.entrySet().stream()
                .filter(axis -> !axis.getValue().equals(every.get(axis.getKey())))
                .map(axis -> axis.getKey() + " " + String.join(" and ", axis.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** By axis, in the order of the cells. */
    private static Map<String, Set<String>> values(List<ReportedCell> of) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        of.forEach(cell -> cell.cell()
                .coordinates()
                .forEach(at -> values.computeIfAbsent(at.label(), axis -> new LinkedHashSet<>())
                        .add(at.value())));
        return values;
    }
}
