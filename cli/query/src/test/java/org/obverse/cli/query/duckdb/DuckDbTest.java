package org.obverse.cli.query.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.query.Answer;
import org.obverse.cli.query.Database;
import org.obverse.cli.query.Relation;
import org.obverse.cli.query.Relation.Column;
import org.obverse.cli.query.Relation.Missing;
import org.obverse.cli.query.Relation.Text;

final class DuckDbTest {
    private static final double THIRD = 1.0 / 3;

    private static final Relation TABLE = new Relation(
            "metrics",
            List.of(new Column("run", Relation.Type.TEXT), new Column("standard deviation", Relation.Type.NUMBER)),
            List.of(
                    List.of(new Text("a \"quoted\", it's"), new Relation.Figure(THIRD)),
                    List.of(new Text("ü"), new Missing()),
                    List.of(new Missing(), new Relation.Figure(Double.POSITIVE_INFINITY))));

    private final DuckDb database = new DuckDb();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_command_finds_it() {
        assertInstanceOf(DuckDb.class, Database.find("a test"));
    }

    @Test
    void a_query_sees_what_was_put_in() {
        Answer answer = database.query(List.of(TABLE), "SELECT * FROM metrics");

        assertEquals(List.of("run", "standard deviation"), answer.columns());
        assertEquals(TABLE.rows(), answer.rows());
    }

    @Test
    void a_query_can_count_and_group() {
        Answer answer = database.query(
                List.of(TABLE), "SELECT run IS NULL AS nameless, count(*) FROM metrics GROUP BY 1 ORDER BY 1");

        assertEquals(
                List.of(
                        List.of(new Text("false"), new Relation.Figure(2)),
                        List.of(new Text("true"), new Relation.Figure(1))),
                answer.rows());
    }

    @Test
    void a_parquet_file_has_the_same_values_and_types() throws IOException, SQLException {
        Path file = folder.resolve("metrics.parquet");
        Files.write(file, database.parquet(TABLE));

        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet read = statement.executeQuery("SELECT * FROM '" + file + "'")) {
            assertEquals("VARCHAR", read.getMetaData().getColumnTypeName(1));
            assertEquals("DOUBLE", read.getMetaData().getColumnTypeName(2));
            assertTrue(read.next());
            assertEquals("a \"quoted\", it's", read.getString(1));
            assertEquals(THIRD, read.getDouble(2), 0);
            assertTrue(read.next());
            assertEquals("ü", read.getString(1));
            read.getDouble(2);
            assertTrue(read.wasNull());
            assertTrue(read.next());
            assertEquals(Double.POSITIVE_INFINITY, read.getDouble(2), 0);
            assertFalse(read.next());
        }
    }

    @Test
    void a_wrong_query_is_refused_in_the_databases_words_with_the_tables_that_there_are() {
        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> database.query(List.of(TABLE), "SELECT nothing FROM metrics"));

        String words = refused.problems().toString();
        assertTrue(words.contains("Binder Error"), words);
        assertTrue(words.contains("metrics (run, standard deviation)"), words);
    }

    @Test
    void a_query_reaches_no_file_and_no_network() throws IOException {
        Path secret = folder.resolve("secret.csv");
        Files.writeString(secret, "a\n1\n");
        Path target = folder.resolve("written.csv");

        for (String sql : List.of(
                "SELECT * FROM '" + secret + "'",
                "SELECT * FROM read_csv('" + secret + "')",
                "COPY metrics TO '" + target + "'",
                "ATTACH '" + folder.resolve("other.db") + "'",
                "EXPORT DATABASE '" + folder.resolve("exported") + "'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SELECT * FROM 'https://localhost/table.parquet'",
                "SET enable_external_access=true")) {
            assertThrows(InvalidConfigurationException.class, () -> database.query(List.of(TABLE), sql), sql);
        }
        assertEquals(List.of("secret.csv"), List.of(folder.toFile().list()));
    }
}
