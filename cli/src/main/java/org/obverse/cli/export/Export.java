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
import org.obverse.cli.query.Database;
import org.obverse.cli.query.Relation;
import org.obverse.cli.report.Chart;
import org.obverse.cli.report.ReportedCell;
import org.obverse.cli.report.ReportedStudy;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/**
 * The files of one study: each table as CSV and LaTeX, each chart as SVG.
 *
 * @param tables contents by file name
 * @param charts likewise
 * @param typed the tables once more, with the types of their columns, by the name of their files without its ending
 */
public record Export(Map<String, String> tables, Map<String, String> charts, Map<String, Relation> typed) {
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
        for (Table table : StudyTables.of(study)) {
            String name = free(tables, table.name(), ".csv");
            tables.put(name + ".csv", CsvText.of(table));
            tables.put(name + ".tex", LatexText.of(table));
            typed.put(name, TypedTable.of(name, table));
        }
        Map<String, String> charts = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().curves().stream()
                    .filter(curve -> !curve.points().isEmpty())
                    .forEach(curve -> charts.put(
                            free(charts, cell.cell().name() + " " + curve.stage() + " " + curve.name(), ".svg")
                                    + ".svg",
                            new Chart(curve.name(), "step", curve.points()).svg()));
        }
        Map<Training, List<ReportedCell>> trainings =
                study.grouped(cell -> cell.run().trainings());
        trainings.forEach((training, cells) -> {
            String name = "training " + training.unit() + " " + study.label(cells);
            charts.put(
                    free(charts, name + " loss", ".svg") + ".svg",
                    Chart.of("loss", training, EpochFigures::loss).svg());
            charts.put(
                    free(charts, name + " accuracy", ".svg") + ".svg",
                    Chart.of("accuracy", training, EpochFigures::accuracy).svg());
        });
        return new Export(tables, charts, typed);
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
     * Writes the tables into a folder, which is made, and the charts into {@code figures} below it; each appears whole or not at all.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    public void write(Path folder) {
        try {
            write(folder, tables);
            if (!charts.isEmpty()) {
                write(folder.resolve("figures"), charts);
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
