package org.obverse.cli.query.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.query.Answer;
import org.obverse.cli.query.Database;
import org.obverse.cli.query.Relation;
import org.obverse.cli.query.Relation.Cell;
import org.obverse.cli.query.Relation.Column;

/** A database in memory for each call. */
public final class DuckDb implements Database {
    /** Extensions are libraries from the network; nothing that we ask for needs one. */
    private static final List<String> NO_EXTENSIONS =
            List.of("SET autoinstall_known_extensions=false", "SET autoload_known_extensions=false");

    /** Neither files nor the network, and no way to allow them again. */
    private static final List<String> NOTHING_OUTSIDE =
            List.of("SET enable_external_access=false", "SET lock_configuration=true");

    @Override
    public Answer query(List<Relation> relations, String sql) {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            for (Relation relation : relations) {
                fill(connection, relation);
            }
            execute(statement, NOTHING_OUTSIDE);
            return answer(statement, sql, relations);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot hold the tables", e);
        }
    }

    private static Answer answer(Statement statement, String sql, List<Relation> relations) {
        try (ResultSet found = statement.executeQuery(sql)) {
            return answer(found);
        } catch (SQLException e) {
            String tables = relations.stream()
                    .map(relation -> relation.name()
                            + relation.columns().stream()
                                    .map(Column::name)
                                    .collect(Collectors.joining(", ", " (", ")")))
                    .collect(Collectors.joining("; "));
            throw new InvalidConfigurationException(
                    new Problem("the query", String.valueOf(e.getMessage()), "there are the tables " + tables));
        }
    }

    private static Answer answer(ResultSet found) throws SQLException {
        int width = found.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            columns.add(found.getMetaData().getColumnLabel(i));
        }
        List<List<Cell>> rows = new ArrayList<>();
        while (found.next()) {
            List<Cell> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(cell(found.getObject(i)));
            }
            rows.add(row);
        }
        return new Answer(columns, rows);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return new Relation.Missing();
        }
        return value instanceof Number number
                ? Relation.number(number.doubleValue())
                : new Relation.Text(String.valueOf(value));
    }

    @Override
    public byte[] parquet(Relation relation) {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            fill(connection, relation);
            Path folder = Files.createTempDirectory("obverse-parquet");
            Path file = folder.resolve("table.parquet");
            try {
                statement.execute(
                        "COPY %s TO %s (FORMAT parquet)".formatted(name(relation.name()), text(file.toString())));
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot write table '" + relation.name() + "'", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a temporary file", e);
        }
    }

    private static DuckDBConnection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            execute(statement, NO_EXTENSIONS);
        }
        return connection.unwrap(DuckDBConnection.class);
    }

    private static void execute(Statement statement, List<String> commands) throws SQLException {
        for (String command : commands) {
            statement.execute(command);
        }
    }

    private static void fill(DuckDBConnection connection, Relation relation) throws SQLException {
        String columns = relation.columns().stream()
                .map(column -> name(column.name()) + (column.type() == Relation.Type.NUMBER ? " DOUBLE" : " VARCHAR"))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name(relation.name()) + " (" + columns + ")");
        }
        try (DuckDBAppender appender = connection.createAppender("main", relation.name())) {
            for (List<Cell> row : relation.rows()) {
                appender.beginRow();
                for (Cell cell : row) {
                    append(appender, cell);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, Cell cell) throws SQLException {
        if (cell instanceof Relation.Text text) {
            appender.append(text.text());
        } else if (cell instanceof Relation.Figure number) {
            appender.append(number.value());
        } else {
            appender.appendNull();
        }
    }

    private static String name(String any) {
        return '"' + any.replace("\"", "\"\"") + '"';
    }

    private static String text(String any) {
        return "'" + any.replace("'", "''") + "'";
    }
}
