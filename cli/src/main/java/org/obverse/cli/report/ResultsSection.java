package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.defense.Verification;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.report.study.ControlRow;
import org.obverse.cli.report.study.Ends;
import org.obverse.cli.report.study.FigureColumn;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.SeedSpread;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.table.StudyTables;
import org.obverse.cli.table.Table;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Cell.Coordinate;

/** The figures: a list for one run; for a study a table with one row per cell, and one with the spread over seeds. */
final class ResultsSection {
    private final ReportedStudy study;
    private final List<Setting> settings;
    private final List<FigureColumn> columns;
    private final List<ControlRow> controls;
    private final Set<FigureColumn> apart;
    private final Evidence evidence;
    private final StudyTables exact;
    private final List<String> notes;

    ResultsSection(ReportedStudy study, List<Setting> settings) {
        this.study = study;
        this.settings = settings;
        this.columns = FigureColumn.of(study);
        this.controls = ControlRow.of(study, columns);
        this.apart = columns.stream()
                .filter(column -> Ends.areApart(column, study, settings))
                .collect(Collectors.toUnmodifiableSet());
        this.evidence = Evidence.of(study, settings, VerdictSection.main(settings));
        this.exact = new StudyTables(study);
        this.notes = TableNotes.of(study, settings);
    }

    List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        if (columns.isEmpty()) {
            tags.add(Tag.of("p", "note").text("No metric has been measured yet."));
            return tags;
        }
        tags.add(legend());
        if (study.cells().size() == 1) {
            tags.addAll(unverified(study.cells().get(0).cell()));
            tags.add(list(study.cells().get(0)));
            if (!controls.isEmpty()) {
                tags.add(Tag.of("h3").text("Beside the attack"));
                tags.add(controlled(study.cells().get(0)));
            }
            tags.addAll(accepted());
            tags.addAll(digits(exact.results(), exact.controls()));
        } else {
            tags.addAll(tables(columns));
        }
        ControlRow.notes(study, columns)
                .forEach(note -> tags.add(Tag.of("p", "note").text(note)));
        List<Tag> intervals = IntervalTable.of(
                settings, setting -> unverified(setting.cells().get(0).cell()));
        tags.addAll(intervals);
        if (!intervals.isEmpty()) {
            tags.addAll(accepted());
            tags.addAll(digits(exact.intervals(settings)));
        }
        tags.addAll(undefined());
        return tags;
    }

    private List<Tag> digits(Table... tables) {
        return AllDigits.of(notes, tables);
    }

    /** Below a table. */
    private List<Tag> accepted() {
        return study.accepted().stream()
                .map(line -> Tag.of("p", "note").text(line))
                .toList();
    }

    /** With the spread over seeds first, if seeds are varied. */
    private List<Tag> tables(List<FigureColumn> shown) {
        List<Tag> tags = new ArrayList<>();
        List<SeedSpread> spreads = SeedSpread.of(study, shown);
        if (!spreads.isEmpty()) {
            tags.addAll(spread(spreads, shown));
            tags.addAll(accepted());
            tags.addAll(digits(exact.seeds()));
            tags.add(Tag.of("h3").text("Each run"));
        }
        tags.add(table(shown));
        tags.addAll(accepted());
        tags.addAll(digits(exact.results(), exact.controls()));
        return tags;
    }

    private Tag legend() {
        Tag legend = Tag.of("p", "note");
        legend.text("↑ ↓ point to where the attack, or for figures of the target alone the target, does better.");
        if (study.cells().size() > 1) {
            if (!apart.isEmpty()) {
                legend.text(" ")
                        .add(Tag.of("span", "best").text("The best"))
                        .text(" and ")
                        .add(Tag.of("span", "worst").text("the worst"))
                        .text(" value of a column are marked where their 95 % intervals have nothing in common.");
            }
            legend.text(" All digits of a value are shown where the pointer rests on it, and below each table.");
        }
        return legend;
    }

    private Tag list(ReportedCell cell) {
        Tag body = Tag.of("tbody");
        for (FigureColumn column : columns) {
            body.add(Tag.of("tr")
                    .add(
                            Tag.head(Scope.ROW).text(column.label() + " ").add(arrow(column)),
                            value(column, 0, cell),
                            Tag.of("td", "unit")
                                    .text(
                                            column.format().sign().isEmpty()
                                                    ? column.unit()
                                                    : column.format().sign()),
                            Tag.of("td", "unit").text(column.metric())));
        }
        return Tag.table("list", "Figures", body);
    }

    private static Tag arrow(FigureColumn column) {
        return Tag.of("span", "arrow").text(column.arrow());
    }

    private Tag value(FigureColumn column, int index, ReportedCell cell) {
        double value = column.values().get(index);
        String reason = column.reason(cell);
        if (!reason.isEmpty()) {
            return Tag.of("td", "number undefined").with("title", reason).text("undefined");
        }
        return Tag.of("td", ("number " + (apart.contains(column) ? column.standing(value) : "")).strip())
                .with("title", Double.isNaN(value) ? "not measured" : value + " " + column.unit())
                .text(column.format().of(value));
    }

    private Tag table(List<FigureColumn> shown) {
        Tag body = Tag.of("tbody");
        for (int i = 0; i < study.cells().size(); i++) {
            ReportedCell cell = study.cells().get(i);
            Tag row = Tag.of("tr");
            coordinates(row, cell.cell().coordinates(), cell);
            for (FigureColumn column : shown) {
                row.add(value(column, i, cell));
            }
            body.add(row);
            for (ControlRow control : controls) {
                if (control.isOf(cell)) {
                    body.add(beside(control, study.axes().size(), shown, i));
                }
            }
        }
        return Tag.table("figures", "Figures of each run", head(study.axes(), shown), body);
    }

    /** Of the only cell: the figures that a control has. */
    private Tag controlled(ReportedCell cell) {
        List<FigureColumn> shown = columns.stream()
                .filter(column -> controls.stream()
                        .anyMatch(control ->
                                !Double.isNaN(column(control, column).values().get(0))))
                .toList();
        Tag attack = Tag.of("tr").add(Tag.head(Scope.ROW, "first").text("attack"));
        shown.forEach(column -> attack.add(value(column, 0, cell)));
        Tag body = Tag.of("tbody").add(attack);
        controls.forEach(control -> body.add(beside(control, 1, shown, 0)));
        return Tag.table("figures", "The attack and what is judged beside it", head(List.of(""), shown), body);
    }

    private FigureColumn column(ControlRow control, FigureColumn shown) {
        return control.columns().get(columns.indexOf(shown));
    }

    /**
     * The row of a control below that of a cell.
     *
     * @param width how many columns stand before the figures
     */
    private Tag beside(ControlRow control, int width, List<FigureColumn> shown, int cell) {
        Tag row = Tag.of("tr", "control").add(label(control, width));
        for (FigureColumn column : shown) {
            double value = column(control, column).values().get(cell);
            row.add(Tag.of("td", "number")
                    .with("title", Double.isNaN(value) ? "not measured" : value + " " + column.unit())
                    .text(Double.isNaN(value) ? "" : column.format().of(value)));
        }
        return row;
    }

    /** The row of a control below that of a setting. */
    private Tag beside(ControlRow control, int setting, int width) {
        SeedSpread spread = SeedSpread.of(study, control.columns()).get(setting);
        Tag row = Tag.of("tr", "control").add(label(control, width));
        for (int i = 0; i < columns.size(); i++) {
            row.add(Tag.of("td", "number").text(spread.values().get(i).isEmpty() ? "" : spread.text(i)));
        }
        return row;
    }

    private static Tag label(ControlRow control, int width) {
        return Tag.head(Scope.ROW, "first")
                .with("colspan", String.valueOf(width))
                .text(control.label());
    }

    private void coordinates(Tag row, List<Coordinate> coordinates, ReportedCell cell) {
        for (int i = 0; i < coordinates.size(); i++) {
            Tag header = Tag.head(Scope.ROW, i == 0 ? "first" : "axis")
                    .text(coordinates.get(i).value());
            if (i == 0 && !cell.isDone()) {
                header.add(Tag.of("span", "pill").with("title", cell.progress()).text("not done"));
            }
            if (i == 0) {
                header.addAll(unverified(cell.cell()));
            }
            row.add(header);
        }
    }

    private List<Tag> unverified(SeedSpread spread) {
        return study.cells().stream()
                .map(ReportedCell::cell)
                .filter(cell -> cell.setting().equals(spread.setting()))
                .findFirst()
                .map(this::unverified)
                .orElse(List.of());
    }

    /** What is not proven is said in every row of it. */
    private List<Tag> unverified(Cell cell) {
        return evidence.word(cell).equals(Verification.UNVERIFIED)
                ? List.of(Tag.of("span", "pill")
                        .with("title", "the defense was not attacked in all the ways that its result depends on")
                        .text(Verification.UNVERIFIED))
                : List.of();
    }

    /** Axes and metrics, then figures; the judge that all figures of a metric share is named once, above them. */
    private static Tag head(List<String> axes, List<FigureColumn> shown) {
        Tag metrics = Tag.of("tr");
        Tag figures = Tag.of("tr");
        for (int i = 0; i < axes.size(); i++) {
            metrics.add(Tag.head(Scope.COL, i == 0 ? "first" : "axis")
                    .with("rowspan", "2")
                    .text(axes.get(i)));
        }
        Map<String, List<FigureColumn>> grouped = new LinkedHashMap<>();
        shown.forEach(column -> grouped.computeIfAbsent(column.metric(), key -> new ArrayList<>())
                .add(column));
        grouped.forEach((metric, members) -> {
            TreeSet<String> judges =
                    new TreeSet<>(members.stream().map(FigureColumn::judge).toList());
            boolean shared = judges.size() == 1;
            Tag header = Tag.head(Scope.COLGROUP, "group")
                    .with("colspan", String.valueOf(members.size()))
                    .text(metric);
            if (shared && !judges.first().isEmpty()) {
                header.add(Tag.of("small").text(judges.first()));
            }
            metrics.add(header);
            members.forEach(column -> figures.add(Tag.head(Scope.COL, "figure")
                    .with("title", column.label() + ", " + column.unit())
                    .text((shared ? column.bareLabel() : column.label()) + "\u00a0")
                    .add(
                            arrow(column),
                            Tag.of("span", "sign").text(column.format().sign()))));
        });
        return Tag.of("thead").add(metrics, figures);
    }

    private List<Tag> spread(List<SeedSpread> spreads, List<FigureColumn> shown) {
        Tag body = Tag.of("tbody");
        for (SeedSpread spread : spreads) {
            Tag row = Tag.of("tr");
            for (Coordinate at : spread.setting()) {
                boolean isFirst = at.equals(spread.setting().get(0));
                row.add(Tag.head(Scope.ROW, isFirst ? "first" : "axis")
                        .text(at.value())
                        .addAll(isFirst ? unverified(spread) : List.of()));
            }
            row.add(Tag.of("td", "number").text(String.valueOf(spread.runs())));
            for (int i = 0; i < shown.size(); i++) {
                row.add(Tag.of("td", "number").text(spread.text(i)));
            }
            body.add(row);
            for (ControlRow control : controls) {
                body.add(beside(
                        control, spreads.indexOf(spread), spread.setting().size() + 1));
            }
        }
        List<String> axes = new ArrayList<>();
        spreads.get(0).setting().forEach(at -> axes.add(at.label()));
        axes.add("runs");
        String seeds = study.cells().get(0).cell().seeds().stream()
                .map(Coordinate::axis)
                .collect(Collectors.joining(", "));
        return List.of(
                Tag.of("h3").text("Over seeds"),
                Tag.of("p", "note")
                        .text("Mean ± standard deviation (n − 1) over " + seeds
                                + "; where a figure is missing in some runs, over those that have it."),
                Tag.table("figures", "Figures over seeds", head(axes, shown), body));
    }

    private List<Tag> undefined() {
        List<Tag> tags = new ArrayList<>();
        FigureColumn.reasons(study, columns).forEach((reason, cells) -> {
            String where = study.label(cells);
            tags.add(Tag.of("p", "note").text((where.isEmpty() ? "" : where + ": ") + reason));
        });
        return tags;
    }
}
