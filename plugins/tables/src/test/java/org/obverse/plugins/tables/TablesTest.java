package org.obverse.plugins.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.InvalidConfigurationException;

final class TablesTest {
    private static final UnitName TARGET = new UnitName("target", 0, List.of());
    private static final UnitName METRIC = new UnitName("metric", 0, List.of(3, 7));
    private static final RunFact.Planned PLANNED = new RunFact.Planned(List.of(
            new RunFact.PlannedUnit(TARGET, "small-resnet", List.of()),
            new RunFact.PlannedUnit(METRIC, "attack-accuracy", List.of(TARGET))));
    private static final RunFact.Completed TRAINED = new RunFact.Completed(
            TARGET,
            "d1",
            "a1",
            new Summary(Map.of(), Map.of(), List.of(Map.of("loss", 0.5), Map.of("loss", Double.NaN))));
    private static final RunFact.Completed MEASURED = new RunFact.Completed(
            METRIC, "d2", "a2", new Summary(Map.of("Acc@1", 0.25), Map.of("labels", 40L), List.of()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private RunView run = new RunView() {
        @Override
        public String name() {
            return "study, \"first\"";
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public List<Cell> cells() {
            return List.of(
                    new Cell("alpha=0", Map.of("target.alpha", "0"), "", List.of(TARGET, METRIC)),
                    new Cell("alpha=1", Map.of("target.alpha", "1"), "", List.of(TARGET)));
        }

        @Override
        public Optional<Product> product(UnitName unit) {
            return Optional.empty();
        }
    };

    private RunListener begun() {
        Tables tables = new Tables(Optional.empty());
        tables.planned(PLANNED, run);
        return tables;
    }

    private List<List<String>> rows(String table) throws IOException {
        return Csv.read(Files.readString(folder.resolve("tables").resolve(table)))
                .rows();
    }

    /** Facts without the run, which is the same everywhere, and the time. */
    private List<String> facts() throws IOException {
        return rows("facts.csv").stream()
                .skip(1)
                .map(row -> row.get(1) + " " + row.get(3) + " " + row.get(4))
                .map(String::strip)
                .toList();
    }

    private void wholeRun() {
        RunListener tables = begun();
        tables.offered(new RunFact.Offered(TARGET), run);
        tables.progressed(new Progress.OfUnit(TARGET, 1, 2, Map.of("loss", 0.75)), run);
        tables.completed(TRAINED, run);
        tables.offered(new RunFact.Offered(METRIC), run);
        tables.completed(MEASURED, run);
        tables.ended(new RunFact.Ended(Outcome.DONE, ""), run);
    }

    @Test
    void a_unit_that_was_lost_and_begun_again_has_a_row_for_each() throws IOException {
        RunListener tables = begun();
        tables.offered(new RunFact.Offered(TARGET), run);
        tables.lost(new RunFact.Lost(TARGET, "its process is gone"), run);
        tables.offered(new RunFact.Offered(TARGET), run);
        tables.completed(TRAINED, run);

        assertEquals(
                List.of(
                        "1 planned",
                        "1 offered target/0",
                        "1 lost target/0",
                        "1 offered target/0",
                        "1 completed target/0"),
                facts());
        assertEquals("its process is gone", rows("facts.csv").get(3).get(12));
    }

    @Test
    void a_run_is_a_row_per_fact_per_point_and_per_figure_of_a_cell() throws IOException {
        wholeRun();

        assertEquals(
                List.of(
                        "1 planned",
                        "1 offered target/0",
                        "1 completed target/0",
                        "1 offered metric/0",
                        "1 completed metric/0",
                        "1 ended"),
                facts());
        List<String> measured = rows("facts.csv").get(5);
        assertEquals(
                List.of("metric", "attack-accuracy", "alpha=0", "3;7", "d2", "a2", "", ""), measured.subList(5, 13));
        assertEquals("study, \"first\"", measured.get(0));
        assertEquals(
                List.of(
                        Tables.CURVES,
                        point("progress", "1", "0.75"),
                        point("epoch", "1", "0.5"),
                        point("epoch", "2", "NaN")),
                rows("curves.csv"));
        assertEquals(
                List.of(
                        List.of("run", "cell", "target.alpha", "unit", "slot", "component", "name", "value"),
                        figure("Acc@1", "0.25"),
                        figure("queries/labels", "40")),
                rows("metrics.csv"));
    }

    private List<String> point(String source, String step, String value) {
        return List.of(
                run.name(), "alpha=0;alpha=1", "target/0", "target", "small-resnet", source, step, "loss", value);
    }

    private List<String> figure(String name, String value) {
        return List.of(run.name(), "alpha=0", "0", "metric/0", "metric", "attack-accuracy", name, value);
    }

    @Test
    void a_killed_and_resumed_run_leaves_whole_rows_and_none_twice() throws IOException {
        RunListener killed = begun();
        killed.offered(new RunFact.Offered(TARGET), run);
        killed.completed(TRAINED, run);
        killed.offered(new RunFact.Offered(METRIC), run);
        killed.progressed(new Progress.OfUnit(METRIC, 3, 5, Map.of("done", 1.0)), run);
        for (String table : List.of("facts.csv", "curves.csv", "metrics.csv")) {
            Files.writeString(folder.resolve("tables").resolve(table), "\"study, \"\"first", StandardOpenOption.APPEND);
        }

        RunListener resumed = begun();
        resumed.completed(TRAINED, run);
        resumed.offered(new RunFact.Offered(METRIC), run);
        resumed.progressed(new Progress.OfUnit(METRIC, 2, 5, Map.of("done", 1.0)), run);
        resumed.progressed(new Progress.OfUnit(METRIC, 4, 5, Map.of("done", 1.0)), run);
        resumed.completed(MEASURED, run);
        resumed.ended(new RunFact.Ended(Outcome.DONE, ""), run);

        assertEquals(
                List.of(
                        "1 planned",
                        "1 offered target/0",
                        "1 completed target/0",
                        "1 offered metric/0",
                        "2 planned",
                        "2 offered metric/0",
                        "2 completed metric/0",
                        "2 ended"),
                facts());
        assertEquals(
                List.of("epoch 1", "epoch 2", "progress 3", "progress 4"),
                rows("curves.csv").stream()
                        .skip(1)
                        .map(row -> row.get(5) + " " + row.get(6))
                        .toList());
        assertEquals(3, rows("metrics.csv").size());
    }

    @Test
    void what_an_earlier_attempt_finished_and_did_not_write_is_written() throws IOException {
        RunListener killed = begun();
        killed.offered(new RunFact.Offered(TARGET), run);

        begun().completed(TRAINED, run);

        assertEquals(List.of("1 planned", "1 offered target/0", "2 planned", "2 completed target/0"), facts());
        assertEquals(3, rows("curves.csv").size());
    }

    @Test
    void a_run_that_was_finished_and_is_told_again_adds_only_its_attempt() throws IOException {
        wholeRun();
        List<List<String>> curves = rows("curves.csv");
        List<List<String>> metrics = rows("metrics.csv");

        RunListener again = begun();
        again.completed(TRAINED, run);
        again.completed(MEASURED, run);
        again.ended(new RunFact.Ended(Outcome.DONE, ""), run);

        assertEquals(List.of("2 planned", "2 ended"), facts().subList(6, 8));
        assertEquals(curves, rows("curves.csv"));
        assertEquals(metrics, rows("metrics.csv"));
    }

    @Test
    void a_named_folder_has_a_folder_for_each_run() {
        new Tables(Optional.of(folder.resolve("all"))).planned(PLANNED, run);

        assertTrue(Files.isRegularFile(folder.resolve("all").resolve(run.name()).resolve("facts.csv")));
    }

    @Test
    void a_table_of_other_columns_is_left_alone() throws IOException {
        Path facts = Files.createDirectories(folder.resolve("tables")).resolve("facts.csv");
        Files.writeString(facts, "mine\n1\n");

        InvalidConfigurationException e = assertThrows(InvalidConfigurationException.class, this::begun);

        assertTrue(String.valueOf(e.getMessage()).contains("move it away"), e.getMessage());
        assertEquals("mine\n1\n", Files.readString(facts));
    }
}
