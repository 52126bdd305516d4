package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.record.RunRecord.Queries;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.study.Manifest;

/** What a reader looks up: queries, figures per class, plans, code. */
final class DetailsSection {
    private final ReportedStudy study;

    DetailsSection(ReportedStudy study) {
        this.study = study;
    }

    List<Tag> queries() {
        Set<String> kinds = new LinkedHashSet<>();
        for (ReportedCell cell : study.cells()) {
            for (Queries queries : cell.run().queries()) {
                queries.images().keySet().forEach(kind -> kinds.add(queries.stage() + " " + kind));
            }
        }
        if (kinds.isEmpty()) {
            return List.of();
        }
        Tag head = Tag.of("tr").add(Tag.head(Scope.COL, "first").text("run"));
        kinds.forEach(kind -> head.add(Tag.head(Scope.COL, "figure").text(kind)));
        Tag body = Tag.of("tbody");
        for (ReportedCell cell : study.cells()) {
            if (cell.run().queries().isEmpty()) {
                continue;
            }
            Tag row = Tag.of("tr").add(Tag.head(Scope.ROW, "first").text(cell.label()));
            for (String kind : kinds) {
                long images = cell.run().queries().stream()
                        .filter(queries -> kind.startsWith(queries.stage() + " "))
                        .mapToLong(queries -> queries.images()
                                .getOrDefault(kind.substring(queries.stage().length() + 1), 0L))
                        .sum();
                row.add(Tag.of("td", "number").text(String.valueOf(images)));
            }
            body.add(row);
        }
        return List.of(
                Tag.of("p", "note").text("Images that each stage asked the target about, by kind of question."),
                Tag.table(
                        "figures",
                        "Images that the target was asked about",
                        Tag.of("thead").add(head),
                        body));
    }

    /** The units whose batch had to be halved. */
    List<Tag> halved() {
        Tag body = Tag.of("tbody");
        boolean any = false;
        for (ReportedCell cell : study.cells()) {
            for (Map.Entry<String, Integer> unit : cell.run().halved().entrySet()) {
                any = true;
                body.add(Tag.of("tr")
                        .add(
                                Tag.head(Scope.ROW, "first").text(cell.label()),
                                Tag.of("td").text(unit.getKey()),
                                Tag.of("td", "number").text(String.valueOf(unit.getValue()))));
            }
        }
        if (!any) {
            return List.of();
        }
        Tag head = Tag.of("tr")
                .add(
                        Tag.head(Scope.COL, "first").text("run"),
                        Tag.head(Scope.COL).text("unit"),
                        Tag.head(Scope.COL, "figure").text("batch"));
        return List.of(
                Tag.of("p", "note")
                        .text(
                                "These units ran out of memory with the plan's batch and were made with a smaller one: draws"
                                        + " of the attack are equal, the last digits of values may differ."),
                Tag.table("list", "Units with a smaller batch", Tag.of("thead").add(head), body));
    }

    /** One collapsed table per table of the metrics: a row per class, the cells side by side. */
    List<Tag> perClass() {
        Map<String, Map<ReportedCell, Table>> tables = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().scores().stream()
                    .filter(Measured.class::isInstance)
                    .flatMap(score -> ((Measured) score).tables().stream())
                    .forEach(table -> tables.computeIfAbsent(table.name(), key -> new LinkedHashMap<>())
                            .put(cell, table));
        }
        List<Tag> tags = new ArrayList<>();
        if (!tables.isEmpty()) {
            tags.add(Tag.of("p", "note")
                    .text("With all digits: ")
                    .add(Tag.of("code").text("obverse export " + study.name() + " --to tables")));
        }
        tables.forEach((name, cells) -> tags.add(Tag.collapsed(name, perClass(name, cells))));
        return tags;
    }

    private Tag perClass(String name, Map<ReportedCell, Table> tables) {
        Tag cells = Tag.of("tr")
                .add(Tag.head(Scope.COL, "first").with("rowspan", "2").text("class"));
        Tag columns = Tag.of("tr");
        Set<Integer> classes = new TreeSet<>();
        tables.forEach((cell, table) -> {
            cells.add(Tag.head(Scope.COLGROUP, "group")
                    .with("colspan", String.valueOf(table.columns().size()))
                    .text(study.cells().size() == 1 ? "" : cell.label()));
            table.columns()
                    .forEach(column -> columns.add(Tag.head(Scope.COL, "figure").text(column)));
            table.rows().forEach(row -> classes.add(row.targetClass()));
        });
        Tag body = Tag.of("tbody");
        for (int c : classes) {
            Tag line = Tag.of("tr").add(Tag.head(Scope.ROW, "first").text(name(c, tables.keySet())));
            tables.values().forEach(table -> values(c, table).forEach(value -> line.add(value)));
            body.add(line);
        }
        return Tag.table("figures", name + ", by class", Tag.of("thead").add(cells, columns), body);
    }

    /** Cells with other data may call the class of a number otherwise. */
    private static String name(int targetClass, Set<ReportedCell> cells) {
        return cells.stream()
                .map(cell -> cell.run().className(targetClass))
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    private static List<Tag> values(int targetClass, Table table) {
        List<Tag> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            ValueFormat format = ValueFormat.of(
                    "",
                    table.rows().stream()
                            .map(row -> row.values().get(column))
                            .filter(Double::isFinite)
                            .toList());
            double value = table.rows().stream()
                    .filter(row -> row.targetClass() == targetClass)
                    .map(Row::values)
                    .mapToDouble(row -> row.get(column))
                    .findFirst()
                    .orElse(Double.NaN);
            values.add(Tag.of("td", "number").text(format.of(value)));
        }
        return values;
    }

    List<Tag> plans() {
        List<Tag> tags = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            if (!cell.run().plan().isEmpty()) {
                tags.add(Tag.collapsed(
                        cell.label(),
                        Tag.of("pre").with("tabindex", "0").text(cell.run().plan())));
            }
        }
        return tags;
    }

    static String command(String name) {
        return "obverse run " + name + ".yaml --name " + name + " --runs again";
    }

    /** The plan as it was written, and the commands that take it. */
    List<Tag> again() {
        String name = study.name();
        return List.of(
                Tag.of("p", "note")
                        .text("The plan as it was read, overrides included. Save it as " + name
                                + ".yaml where the files are that it names. In another folder of runs everything is computed anew,"
                                + " on the same kind of machine to the same bytes; in the same folder nothing is."),
                Tag.of("pre").with("tabindex", "0").text(command(name) + "\n"),
                Tag.collapsed(
                        name + ".yaml", Tag.of("pre").with("tabindex", "0").text(study.source())));
    }

    List<Tag> code() {
        Map<Manifest, List<ReportedCell>> manifests = study.grouped(cell ->
                cell.run().plan().isEmpty() ? List.of() : List.of(cell.run().code()));
        List<Tag> tags = new ArrayList<>();
        manifests.forEach((manifest, cells) -> {
            if (manifests.size() > 1) {
                tags.add(Tag.of("h3").text(study.label(cells)));
            }
            Tag body = Tag.of("tbody");
            manifest.code().forEach((id, hash) -> body.add(hash(id, hash)));
            tags.add(Tag.table("list", "Plugins and the SHA-256 of their code", body));
            manifest.accepted()
                    .forEach(change -> tags.add(Tag.of("p", "note")
                            .text("The code of '" + change.plugin() + "' changed in the middle of the run, from "
                                    + change.from() + " to " + change.to()
                                    + ", and the units finished before were kept.")));
        });
        return tags;
    }

    private static Tag hash(String id, String hash) {
        return Tag.of("tr")
                .add(
                        Tag.head(Scope.ROW).text(id),
                        Tag.of("td", "hash").add(Tag.of("code").text(hash)));
    }
}
