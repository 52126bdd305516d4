package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.control.Control.Role;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.export.Export;
import org.obverse.cli.query.Relation;
import org.obverse.cli.query.RunTables;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.torch.TorchRuntime;

/** Controls beside the attack in every table, of a study that was written without running anything. */
class ControlsInTablesTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();
    private static final String METRIC = "attack-accuracy";

    @TempDir
    private Path runs = Path.of("");

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private WrittenStudy study(String plan) {
        return WrittenStudy.of(plan, runs, manager);
    }

    private static void run(WrittenStudy study, int cell, double reached, double nothing, double ceiling) {
        study.run(cell)
                .data("2")
                .controlled("best-of-n", Role.NULL, METRIC, WrittenStudy.accuracy(nothing))
                .controlled("real", Role.CEILING, METRIC, WrittenStudy.accuracy(ceiling))
                .measured(METRIC, List.of(WrittenStudy.accuracy(reached)), List.of())
                .done();
    }

    private WrittenStudy two() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        run(study, 0, 0.75, 0.5, 1);
        run(study, 1, 0.5, 0.4, 0.4);
        return study;
    }

    private ReportedStudy reported(WrittenStudy study) {
        return ReportedStudy.read(study.study(), runs, study.store(), manager);
    }

    private static List<String> words(String text) {
        return text.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    @Test
    void the_terminal_shows_controls_below_a_rate_and_says_where_the_share_is_undefined() {
        assertEquals(
                List.of(
                        "alpha 0.1 0",
                        "Acc@1(judge) ↑ 75.0 % 50.0 %",
                        "null: best-of-n 50.0 % 40.0 %",
                        "ceiling: real 100.0 % 40.0 %",
                        "normalised 50.0 % –",
                        "alpha 0: The normalised Acc@1(judge) is undefined: the ceiling 'real' is not above the null 'best-of-n'."),
                words(two().summary(200)));
    }

    @Test
    void runs_that_differ_in_seeds_share_a_row_of_each_control() {
        WrittenStudy study = study(WrittenStudy.SEEDS);
        run(study, 0, 0.9, 0.2, 1);
        run(study, 1, 0.8, 0.4, 1);
        run(study, 2, 0.68, 0.2, 1);
        run(study, 3, 0.6, 0.2, 1);

        List<String> words = words(study.summary(200));

        assertTrue(words.contains("null: best-of-n 30.0 ± 14.1 % 20.0 ± 0.0 %"), words::toString);
        assertTrue(words.contains("normalised 77.1 ± 14.7 % 55.0 ± 7.1 %"), words::toString);
        assertTrue(study.page().contains("null: best-of-n"));
    }

    @Test
    void the_page_has_a_row_below_each_cell() {
        String page = two().page();

        assertEquals(2, page.split("<tr class=\"control\"><th class=\"first\"[^>]*>null: best-of-n", -1).length - 1);
        assertTrue(page.contains("ceiling: real") && page.contains("normalised"), "the page");
        assertFalse(page.contains("No null was measured"));
    }

    @Test
    void the_page_of_one_run_has_a_table_of_the_attack_and_its_controls() {
        WrittenStudy study = study(WrittenStudy.PLAN);
        run(study, 0, 0.9, 0.2, 1);

        String page = study.page();

        assertTrue(page.contains("Beside the attack"), "the page");
        assertTrue(page.contains("null: best-of-n") && page.contains("normalised"), "the page");
    }

    private static List<Table> perClass(double... values) {
        return List.of(new Table(
                "attack accuracy(judge)",
                List.of("Acc@1"),
                IntStream.range(0, values.length)
                        .mapToObj(label -> new Row(label, List.of(values[label])))
                        .toList()));
    }

    @Test
    void the_table_of_intervals_has_a_row_of_each_control_with_its_own() {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.run(0)
                .data("3")
                .controlled("best-of-n", Role.NULL, METRIC, WrittenStudy.accuracy(0.2), perClass(0.1, 0.2, 0.3))
                .controlled("real", Role.CEILING, METRIC, WrittenStudy.accuracy(1), perClass(1, 1, 1))
                .measured(METRIC, List.of(WrittenStudy.accuracy(0.6)), perClass(0.5, 0.6, 0.7))
                .done();

        String page = study.page();
        String table = page.substring(page.indexOf("With 95 % intervals"));

        assertTrue(table.matches("(?s).*>attack</th>\\s*<td[^>]*>60\\.0 <small>\\[.*"), table);
        assertTrue(table.matches("(?s).*>null: best-of-n</th>\\s*<td[^>]*>20\\.0 <small>\\[.*"), table);
        assertTrue(table.matches("(?s).*>ceiling: real</th>\\s*<td[^>]*>100\\.0 <small></small>.*"), table);
        assertTrue(table.matches("(?s).*>normalised</th>\\s*<td[^>]*>50\\.0 <small>\\[.*"), table);
    }

    @Test
    void an_export_has_a_table_of_the_attack_its_controls_and_its_share() {
        assertEquals(
                List.of(
                        "alpha,row,Acc@1(judge)",
                        "0.1,attack,0.75",
                        "0.1,null: best-of-n,0.5",
                        "0.1,ceiling: real,1",
                        "0.1,normalised,0.5",
                        "0,attack,0.5",
                        "0,null: best-of-n,0.4",
                        "0,ceiling: real,0.4",
                        "0,normalised,"),
                Export.of(reported(two()))
                        .tables()
                        .getOrDefault("controls.csv", "")
                        .lines()
                        .toList());
    }

    @Test
    void a_query_finds_controls_in_a_table_of_their_own_and_not_among_the_attacks_figures() {
        List<Relation> tables = RunTables.of(List.of(reported(two())), Map.of());

        assertEquals(
                List.of("metrics", "controls", "classes", "curves", "facts"),
                tables.stream().map(Relation::name).toList());
        assertEquals(2, tables.get(0).rows().size());
        assertEquals(
                List.of("run", "cell", "alpha", "control", "role", "metric", "figure", "value", "unit", "better"),
                tables.get(1).columns().stream().map(Relation.Column::name).toList());
        assertEquals(
                List.of(new Relation.Text("best-of-n"), new Relation.Text("null"), new Relation.Text(METRIC)),
                tables.get(1).rows().get(0).subList(3, 6));
    }

    @Test
    void an_attack_without_controls_is_told_how_to_add_them() {
        WrittenStudy study = study("data: { use: synthetic-faces, identities: 2 }\n"
                + "target: { classifier: { use: small-resnet } }\n"
                + "generator: { use: stylegan2, weights: \"builtin:synthetic-faces-32\" }\n"
                + "attack: { use: ppa }\n");
        study.run(0)
                .data("2")
                .measured(METRIC, List.of(WrittenStudy.accuracy(0.9)), List.of())
                .done();

        String note =
                "No null was measured: what draws of the prior alone would score is not known. Add controls: [ prior, best-of-n,"
                        + " wrong-label, real ] to the plan.";
        assertTrue(study.summary().endsWith(note + "\n"), study.summary());
        assertTrue(study.page().contains(note), "the page");
    }
}
