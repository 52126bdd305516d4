package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.defense.Verification;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.FigureColumn;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.SeedSpread;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Cell.Coordinate;

/** The figures: a list for one run; for a study a table with one row per cell, and one with the spread over seeds. */
final class ResultsSection {
    private final ReportedStudy study;
    private final List<Setting> settings;
    private final List<FigureColumn> columns;
    private final Evidence evidence;

    ResultsSection(ReportedStudy study, List<Setting> settings) {
        this.study = study;
        this.settings = settings;
        this.columns = FigureColumn.of(study);
        this.evidence = Evidence.of(study, settings, VerdictSection.main(settings));
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
            tags.add(Tag.scroll(list(study.cells().get(0))));
        } else {
            tags.addAll(tables(columns));
        }
        tags.addAll(IntervalTable.of(
                settings, setting -> unverified(setting.cells().get(0).cell())));
        tags.addAll(undefined());
        return tags;
    }

    /** With the spread over seeds first, if seeds are varied. */
    private List<Tag> tables(List<FigureColumn> shown) {
        List<Tag> tags = new ArrayList<>();
        List<SeedSpread> spreads = SeedSpread.of(study, shown);
        if (!spreads.isEmpty()) {
            tags.addAll(spread(spreads, shown));
            tags.add(Tag.of("h3").text("Each run"));
        }
        tags.add(Tag.scroll(table(shown)));
        return tags;
    }

    private Tag legend() {
        Tag legend = Tag.of("p", "note");
        legend.text("↑ ↓ point to where the attack, or for figures of the target alone the target, does better.");
        if (study.cells().size() > 1) {
            legend.text(" In each column ")
                    .add(Tag.of("span", "best").text("the best"))
                    .text(" and ")
                    .add(Tag.of("span", "worst").text("the worst"))
                    .text(" value are marked. Hold the pointer over a value to see all its digits.");
        }
        return legend;
    }

    private Tag list(ReportedCell cell) {
        Tag body = Tag.of("tbody");
        for (FigureColumn column : columns) {
            body.add(Tag.of("tr")
                    .add(
                            Tag.of("th")
                                    .with("scope", "row")
                                    .text(column.name() + " ")
                                    .add(arrow(column)),
                            value(column, 0, cell),
                            Tag.of("td", "unit")
                                    .text(
                                            column.format().sign().isEmpty()
                                                    ? column.unit()
                                                    : column.format().sign()),
                            Tag.of("td", "unit").text(column.metric())));
        }
        return Tag.of("table", "list").add(body);
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
        return Tag.of("td", "number " + column.standing(value))
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
        }
        return Tag.of("table", "figures").add(head(study.axes(), shown), body);
    }

    private void coordinates(Tag row, List<Coordinate> coordinates, ReportedCell cell) {
        for (int i = 0; i < coordinates.size(); i++) {
            Tag header = Tag.of("th", i == 0 ? "first" : "axis")
                    .with("scope", "row")
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
            metrics.add(
                    Tag.of("th", i == 0 ? "first" : "axis").with("rowspan", "2").text(axes.get(i)));
        }
        Map<String, List<FigureColumn>> grouped = new LinkedHashMap<>();
        shown.forEach(column -> grouped.computeIfAbsent(column.metric(), key -> new ArrayList<>())
                .add(column));
        grouped.forEach((metric, members) -> {
            TreeSet<String> judges =
                    new TreeSet<>(members.stream().map(FigureColumn::judge).toList());
            boolean shared = judges.size() == 1;
            Tag header = Tag.of("th", "group")
                    .with("colspan", String.valueOf(members.size()))
                    .text(metric);
            if (shared && !judges.first().isEmpty()) {
                header.add(Tag.of("small").text(judges.first()));
            }
            metrics.add(header);
            members.forEach(column -> figures.add(Tag.of("th", "figure")
                    .with("title", column.name() + ", " + column.unit())
                    .text((shared ? column.bareName() : column.name()) + "\u00a0")
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
                row.add(Tag.of("th", isFirst ? "first" : "axis")
                        .with("scope", "row")
                        .text(at.value())
                        .addAll(isFirst ? unverified(spread) : List.of()));
            }
            row.add(Tag.of("td", "number").text(String.valueOf(spread.runs())));
            for (int i = 0; i < shown.size(); i++) {
                row.add(Tag.of("td", "number").text(spread.text(i)));
            }
            body.add(row);
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
                Tag.scroll(Tag.of("table", "figures").add(head(axes, shown), body)));
    }

    private List<Tag> undefined() {
        Map<String, List<ReportedCell>> reasons = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        for (FigureColumn column : columns) {
            if (!seen.contains(column.metric())) {
                seen.add(column.metric());
                study.cells().stream()
                        .filter(cell -> !column.reason(cell).isEmpty())
                        .forEach(cell -> reasons.computeIfAbsent(
                                        column.metric() + " is undefined: " + column.reason(cell),
                                        key -> new ArrayList<>())
                                .add(cell));
            }
        }
        List<Tag> tags = new ArrayList<>();
        reasons.forEach((reason, cells) -> {
            String where = study.label(cells);
            tags.add(Tag.of("p", "note").text((where.isEmpty() ? "" : where + ": ") + reason));
        });
        return tags;
    }
}
