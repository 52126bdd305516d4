package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with the database beside it, on a folder with a study of two cells. */
final class QueriedRunsTest {
    private static final String PLAN = """
            name: tiny
            data: { use: synthetic-faces, identities: 4, training-per-identity: 4, pool-per-identity: 8, test-per-identity: 4, public-images: 8 }
            target:
              classifier: { use: small-resnet }
              defense: [ { use: label-smoothing, alpha: 0.1 } ]
              training: { epochs: 2, batch: 8, learning-rate: 0.005 }
            evaluation:
              small-inception:
                classifier: { use: small-inception }
                training: { epochs: 1, batch: 16, learning-rate: 0.002 }
            generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
            attack:
              use: ppa
              candidates: 2
              results: 1
              stages: { sample: { pool: 8 }, optimize: { steps: 4 }, select: { iterations: 2 } }
            accept: [ weak-judge, uncalibrated-judge ]
            metrics: [ { use: attack-accuracy } ]
            execution: { device: cpu, workers: 1, batch: 4 }
            study: { axes: { seeds.attack: [ 1, 2 ], attack.stages.optimize.loss: [ poincare ] } }
            """;

    @TempDir
    private static Path folder = Path.of("");

    private record Said(int code, String out, String err) {}

    private static Said say(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = Main.run(command, Stream.of(words).map(Object::toString).toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static List<String> ask(String sql) {
        Said answer = say("query", sql, "--runs", folder.resolve("runs"));
        assertEquals(0, answer.code(), answer.err());
        return answer.out()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    @BeforeAll
    static void run() throws IOException {
        Path plan = Files.writeString(folder.resolve("tiny.yaml"), PLAN);
        Said run = say("run", plan, "--runs", folder.resolve("runs"));
        assertEquals(0, run.code(), run.err());
    }

    @Test
    void figures_have_their_run_cell_axes_unit_and_direction() {
        assertEquals(
                List.of(
                        "run cell attack loss metric unit better",
                        "tiny attack=1,loss=poincare 1 poincare attack-accuracy fraction higher",
                        "tiny attack=2,loss=poincare 2 poincare attack-accuracy fraction higher",
                        "(2 rows)"),
                ask("SELECT run, cell, attack, loss, metric, unit, better FROM metrics"
                        + " WHERE figure = 'Acc@1(small-inception)' ORDER BY attack"));
    }

    @Test
    void axes_of_numbers_are_numbers() {
        assertEquals(
                List.of("sum(attack)", "3", "(1 row)"),
                ask("SELECT sum(attack) FROM (SELECT DISTINCT attack FROM metrics)"));
    }

    /** Acc@1 is the mean over the classes, which have one sample each. */
    @Test
    void figures_of_classes_are_those_of_the_metric() {
        assertEquals(
                List.of("true", "true"),
                ask("SELECT abs(m.value - avg(c.value)) < 1e-9 AS equal FROM metrics m JOIN classes c USING (run, cell, metric)"
                                + " WHERE m.figure = 'Acc@1(small-inception)' AND c.figure LIKE 'Acc@1%' GROUP BY m.cell, m.value")
                        .subList(1, 3));
    }

    @Test
    void curves_have_a_row_for_each_step_of_each_cell() {
        assertEquals(
                List.of("loss 8"),
                ask("SELECT curve, count(*) FROM curves WHERE curve = 'loss' GROUP BY curve")
                        .subList(1, 2));
    }

    @Test
    void facts_are_those_of_the_journal() throws IOException {
        long completed = Files.readAllLines(folder.resolve("runs/tiny/events.jsonl")).stream()
                .filter(line -> line.contains("\"completed\"") || line.contains("\"Completed\""))
                .count();

        assertTrue(completed > 10);
        assertEquals(
                String.valueOf(completed),
                ask("SELECT count(*) FROM facts WHERE fact = 'completed'").get(1));
        assertEquals(
                "done",
                ask("SELECT 'done' FROM facts WHERE fact = 'ended' AND run = 'tiny'")
                        .get(1));
    }

    @Test
    void json_has_all_digits() {
        Said answer = say("query", "SELECT 1/3 AS third, NULL AS none", "--runs", folder.resolve("runs"), "--json");

        assertTrue(answer.out().contains("\"third\" : 0.3333333333333333"), answer.out());
        assertFalse(answer.out().contains("none"), answer.out());
    }

    @Test
    void a_wrong_query_ends_with_two_and_the_databases_words() {
        Said refused = say("query", "SELECT nothing FROM metrics", "--runs", folder.resolve("runs"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("Binder Error"), refused.err());
        assertTrue(refused.err().contains("facts (run, number, fact, unit, slot, artifact, reason)"), refused.err());
    }

    @Test
    void a_run_that_cannot_be_read_is_left_out_and_named() throws IOException {
        Path runs = Files.createDirectories(folder.resolve("torn"));
        Files.createDirectories(runs.resolve("bad"));
        Files.writeString(runs.resolve("bad/study.yaml"), "nonsense");
        Files.writeString(runs.resolve("bad/events.jsonl"), "");

        Said answer = say("query", "SELECT count(*) AS n FROM metrics", "--runs", runs);

        assertEquals(0, answer.code(), answer.err());
        assertTrue(answer.err().contains("left out run 'bad'"), answer.err());
    }

    @Test
    void every_table_that_is_there_as_csv_is_there_as_parquet_with_as_many_rows_and_the_same_columns()
            throws IOException, SQLException {
        Path to = folder.resolve("papers");
        Said done = say("export", "tiny", "--runs", folder.resolve("runs"), "--to", to, "--format", "parquet");

        assertEquals(0, done.code(), done.err());
        assertTrue(done.out().contains("tables as CSV, LaTeX and Parquet"), done.out());
        assertEquals(names(to, ".csv"), names(to, ".parquet"));
        for (String name : names(to, ".csv")) {
            assertEquals(
                    read("SELECT * FROM read_csv('" + to.resolve(name + ".csv") + "', all_varchar=true, header=true)")
                            .size(),
                    read("SELECT * FROM '" + to.resolve(name + ".parquet") + "'")
                            .size(),
                    name);
        }
        String accuracy = "SELECT \"Acc@1(small-inception)\"::DOUBLE FROM ";
        assertEquals(
                read(accuracy + "read_csv('" + to.resolve("results.csv") + "')"),
                read(accuracy + "'" + to.resolve("results.parquet") + "'"));
    }

    private static Set<String> names(Path to, String ending) throws IOException {
        try (Stream<Path> files = Files.list(to)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toSet());
        }
    }

    /** The first column. */
    private static List<Object> read(String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                values.add(found.getObject(1));
            }
        }
        return values;
    }
}
