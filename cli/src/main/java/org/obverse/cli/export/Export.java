package org.obverse.cli.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.query.Database;
import org.obverse.cli.query.Relation;
import org.obverse.cli.report.TableNotes;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.table.ComparisonTables;
import org.obverse.cli.table.CsvText;
import org.obverse.cli.table.StudyTables;
import org.obverse.cli.table.Table;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.DurableFolder;

/**
 * The files of one study or comparison: each table as CSV and LaTeX, each chart as SVG, and what the metrics' charts are drawn from as CSV.
 *
 * @param tables contents by file name
 * @param charts likewise
 * @param values of the metrics' charts, likewise
 * @param typed the tables once more, with the types of their columns, by the name of their files without its ending
 */
public record Export(
        Map<String, String> tables,
        Map<String, String> charts,
        Map<String, String> values,
        Map<String, Relation> typed) {
    private static final String CSV = ".csv";
    private static final String SVG = ".svg";
    private static final String TEX = ".tex";
    private static final int LONGEST = 100;

    /**
     * @throws InvalidConfigurationException if the folder is a file, or holds anything
     */
    public static void requireFree(Path folder, String option) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidConfigurationException(
                    new Problem(option + " " + folder, "is no folder", "name another one"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new InvalidConfigurationException(new Problem(
                        option + " " + folder,
                        "the folder is not empty",
                        "name another one; it is made if it is not there"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** What there is of a study, be it finished or not. */
    public static Export of(ReportedStudy study) {
        Map<String, String> tables = new LinkedHashMap<>();
        Map<String, Relation> typed = new LinkedHashMap<>();
        List<Setting> settings = Setting.of(study);
        List<String> notes = TableNotes.of(study, settings);
        for (Table table : new StudyTables(study).all(settings)) {
            String name = free(tables, table.name(), CSV);
            Table noted = table.with(notes);
            tables.put(name + CSV, CsvText.of(noted));
            tables.put(name + TEX, LatexText.of(table, notes));
            typed.put(name, TypedTable.of(name, noted));
        }
        StudyCharts drawn = new StudyCharts(study);
        Map<String, String> charts = new LinkedHashMap<>();
        drawn.all().forEach(named -> charts.put(free(charts, named.name(), SVG) + SVG, named.svg()));
        Map<String, String> values = new LinkedHashMap<>();
        drawn.values().forEach(table -> values.put(free(values, table.name(), CSV) + CSV, CsvText.of(table)));
        return new Export(tables, charts, values, typed);
    }

    /** A comparison: as CSV with all digits, and as LaTeX in the digits that it is printed with. */
    public static Export of(Comparison comparison) {
        ComparisonTables drawn = new ComparisonTables(comparison);
        List<String> notes = drawn.notes();
        Map<String, String> tables = new LinkedHashMap<>();
        Map<String, Relation> typed = new LinkedHashMap<>();
        for (Table table : List.of(drawn.exact(), drawn.controls())) {
            if (!table.rows().isEmpty()) {
                Table noted = table.with(notes);
                tables.put(table.name() + CSV, CsvText.of(noted));
                typed.put(table.name(), TypedTable.of(table.name(), noted));
            }
        }
        Table printed = drawn.printed();
        tables.put(printed.name() + TEX, LatexText.of(printed, notes));
        return new Export(tables, Map.of(), Map.of(), typed);
    }

    /** A name for a file that has none of the names so far. */
    private static String free(Map<String, String> taken, String words, String ending) {
        String plain = words.strip().replaceAll("[^A-Za-z0-9._=,+-]+", "-").replaceAll("^[.-]+|-$", "");
        String base = plain.substring(0, Math.min(LONGEST, plain.length()));
        String name = base.isEmpty() ? "unnamed" : base;
        for (int number = 2; taken.containsKey(name + ending); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    /**
     * Writes the tables into a folder, which is made, and the charts and their values into {@code figures} below it; each appears whole or not at all.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    public void write(Path folder) {
        try {
            write(folder, tables);
            if (!charts.isEmpty()) {
                Map<String, String> figures = new LinkedHashMap<>(charts);
                figures.putAll(values);
                write(folder.resolve("figures"), figures);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder, e);
        }
    }

    /**
     * Writes the tables as Parquet beside the others.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    public void write(Path folder, Database database) {
        Map<String, Content> contents = new LinkedHashMap<>();
        typed.forEach((name, table) -> contents.put(name + ".parquet", Content.of(database.parquet(table))));
        try {
            writeWhole(folder, contents);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder, e);
        }
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Map<String, Content> contents = new LinkedHashMap<>();
        files.forEach((name, text) -> contents.put(name, Content.of(text.getBytes(StandardCharsets.UTF_8))));
        writeWhole(folder, contents);
    }

    private static void writeWhole(Path folder, Map<String, Content> contents) throws IOException {
        new DurableFolder(folder).make();
        ArtifactStore.writeWhole(folder, contents);
    }
}
