package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Preparer.Figure;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.table.StudyTables;

/** What preparers told of the networks that they made for the attacks. */
final class PreparedSection {
    private final ReportedStudy study;

    PreparedSection(ReportedStudy study) {
        this.study = study;
    }

    /** A row per figure, once for the runs that share it. */
    List<Tag> tags() {
        Tag body = Tag.of("tbody");
        Map<List<Figure>, List<ReportedCell>> told = told();
        told.forEach((figures, cells) -> figures.forEach(figure -> body.add(Tag.of("tr")
                .add(
                        Tag.head(Scope.ROW, "first").text(label(cells)),
                        Tag.of("td").text(figure.name()),
                        Tag.of("td", "number").text(printed(figure, figure.value())),
                        Tag.of("td", "number")
                                .text(Double.isFinite(figure.least()) ? printed(figure, figure.least()) : "")))));
        if (told.isEmpty()) {
            return List.of();
        }
        Tag head = Tag.of("tr")
                .add(
                        Tag.head(Scope.COL, "first").text("run"),
                        Tag.head(Scope.COL).text("figure"),
                        Tag.head(Scope.COL, "figure").text("value"),
                        Tag.head(Scope.COL, "figure").text("wanted at least"));
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.table("list", "What was prepared", Tag.of("thead").add(head), body));
        tags.addAll(AllDigits.of(List.of(), new StudyTables(study).prepared()));
        return tags;
    }

    /** Those that say that what was prepared is of no use, with their runs. */
    Set<String> tooLow() {
        Set<String> low = new LinkedHashSet<>();
        told().forEach((figures, cells) -> figures.stream()
                .filter(Figure::isTooLow)
                .forEach(figure -> low.add("%s of %s is %s, at least %s is wanted"
                        .formatted(
                                figure.name(),
                                label(cells),
                                printed(figure, figure.value()),
                                printed(figure, figure.least())))));
        return low;
    }

    /** Of each figure the values that it has over the runs, and those that are too low; empty if nothing was told. */
    List<String> lines() {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        told().keySet()
                .forEach(figures ->
                        figures.forEach(figure -> byName.computeIfAbsent(figure.name(), name -> new ArrayList<>())
                                .add(figure)));
        List<String> lines = new ArrayList<>();
        if (!byName.isEmpty()) {
            lines.add("prepared: "
                    + byName.values().stream().map(PreparedSection::range).collect(Collectors.joining(", ")));
        }
        tooLow().forEach(low -> lines.add("what was prepared is of little use: " + low));
        return lines;
    }

    private static String range(List<Figure> figures) {
        Figure any = figures.get(0);
        double least = figures.stream().mapToDouble(Figure::value).min().orElseThrow();
        double most = figures.stream().mapToDouble(Figure::value).max().orElseThrow();
        return any.name() + " "
                + (least == most ? printed(any, least) : printed(any, least) + " to " + printed(any, most));
    }

    private Map<List<Figure>, List<ReportedCell>> told() {
        return study.grouped(cell ->
                cell.run().prepared().isEmpty() ? List.of() : List.of(cell.run().prepared()));
    }

    private String label(List<ReportedCell> cells) {
        String label = study.label(cells);
        return label.isEmpty() ? study.name() : label;
    }

    private static String printed(Figure figure, double value) {
        return ValueFormat.of(figure.unit(), List.of(figure.value())).withSign(value);
    }
}
