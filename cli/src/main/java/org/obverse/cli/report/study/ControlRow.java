package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.obverse.cli.compare.ControlFigures;
import org.obverse.cli.figure.Normalised;
import org.obverse.engine.record.MeasuredControl;

/**
 * A row that stands beside the attack's in a table: a control, or the attack's success as a share of what controls leave.
 *
 * @param label such as {@code null: best-of-n}
 * @param columns one per figure of the attack, with the row's own values, NaN where it has none
 */
public record ControlRow(String label, List<FigureColumn> columns) {
    public ControlRow {
        columns = List.copyOf(columns);
    }

    /** Those of any cell, in the order of the plans, the attack's share behind them; none if there is no control. */
    public static List<ControlRow> of(ReportedStudy study, List<FigureColumn> figures) {
        Set<String> labels = new LinkedHashSet<>();
        study.cells().forEach(cell -> cell.run().controls().forEach(control -> labels.add(control.label())));
        List<ControlRow> rows = new ArrayList<>();
        labels.forEach(label -> rows.add(row(label, study, figures, (cell, figure) -> value(cell, label, figure))));
        if (!rows.isEmpty()) {
            rows.add(row(
                    ControlFigures.NORMALISED,
                    study,
                    figures,
                    (cell, figure) -> normalised(cell, study, figure).value()));
        }
        return rows;
    }

    private static ControlRow row(
            String label,
            ReportedStudy study,
            List<FigureColumn> figures,
            BiFunction<ReportedCell, FigureColumn, Double> value) {
        return new ControlRow(
                label,
                figures.stream()
                        .map(figure -> new FigureColumn(
                                label,
                                figure.name(),
                                figure.suffix(),
                                figure.better(),
                                figure.unit(),
                                study.cells().stream()
                                        .map(cell -> value.apply(cell, figure))
                                        .toList()))
                        .toList());
    }

    private static double value(ReportedCell cell, String label, FigureColumn figure) {
        return cell.run().controls().stream()
                .filter(control -> control.label().equals(label))
                .flatMap(control -> control.figure(figure.metric(), figure.name()).stream())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Whether a figure says how often what was found is recognised, of which there is a share. */
    public static boolean isRate(FigureColumn figure) {
        return Normalised.isOf(figure.metric(), figure.name(), figure.unit());
    }

    private static Normalised normalised(ReportedCell cell, ReportedStudy study, FigureColumn figure) {
        return isRate(figure)
                ? Normalised.of(
                        cell.run(),
                        figure.metric(),
                        figure.name(),
                        figure.values().get(study.cells().indexOf(cell)))
                : new Normalised(Double.NaN, "it is no rate");
    }

    /** Whether the row says anything of a cell. */
    public boolean isOf(ReportedCell cell) {
        return label.equals(ControlFigures.NORMALISED)
                ? !cell.run().controls().isEmpty()
                : cell.run().controls().stream().map(MeasuredControl::label).anyMatch(label::equals);
    }

    /**
     * What a reader of the attack's figures has to know of controls, as sentences: that an attack has none, and how to add them, or
     * why a share is undefined.
     */
    public static List<String> notes(ReportedStudy study, List<FigureColumn> figures) {
        List<String> notes = new ArrayList<>();
        List<ReportedCell> bare = study.cells().stream()
                .filter(cell -> !cell.cell().plan().attack().isEmpty()
                        && cell.cell().plan().controls().isEmpty())
                .toList();
        if (!bare.isEmpty()) {
            String where = bare.size() == study.cells().size() ? "" : " of " + study.label(bare);
            notes.add(("No null was measured%s: what draws of the prior alone would score is not known."
                            + " Add controls: [ prior, best-of-n, wrong-label, real ] to the plan.")
                    .formatted(where));
        }
        Map<String, List<ReportedCell>> undefined = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            if (!cell.run().controls().isEmpty()) {
                figures.stream().filter(ControlRow::isRate).forEach(figure -> {
                    String reason = normalised(cell, study, figure).reason();
                    if (!reason.isEmpty()) {
                        undefined
                                .computeIfAbsent(
                                        "The normalised %s is undefined: %s.".formatted(figure.name(), reason),
                                        key -> new ArrayList<>())
                                .add(cell);
                    }
                });
            }
        }
        undefined.forEach((reason, cells) -> {
            String where = study.label(cells);
            notes.add(where.isEmpty() ? reason : where + ": " + reason);
        });
        return notes;
    }
}
