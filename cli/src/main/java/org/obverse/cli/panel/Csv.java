package org.obverse.cli.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

/** Small tables in files of comma-separated values with a header, as RFC 4180 has them. */
final class Csv {
    private static final int LIMIT = 1 << 26;
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvReadFeature.SKIP_EMPTY_LINES)
            .enable(CsvReadFeature.TRIM_SPACES)
            .enable(CsvWriteFeature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private Csv() {}

    /**
     * The rows of a file, by the names of their columns; what a short row lacks is missing in it.
     *
     * @param wanted columns that it must have
     * @param wayOut what to name instead
     * @throws InvalidConfigurationException if it is no such table
     */
    static List<Map<String, String>> read(Path file, List<String> wanted, String wayOut) {
        byte[] bytes;
        try {
            bytes = RegularFile.read(file, LIMIT, file.toString(), wayOut);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        try (MappingIterator<Map<String, String>> read = MAPPER.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(bytes)) {
            rows.addAll(read.readAll());
            if (read.parserSchema() instanceof CsvSchema schema) {
                columns.addAll(schema.getColumnNames());
            }
        } catch (JacksonException e) {
            throw new InvalidConfigurationException(
                    new Problem(file.toString(), "is no table (" + e.getOriginalMessage() + ")", wayOut));
        }
        for (String column : wanted) {
            if (!columns.contains(column)) {
                throw new InvalidConfigurationException(new Problem(
                        file.toString(),
                        "has no column '" + column + "', only: " + String.join(", ", columns),
                        "let its first line be " + String.join(",", wanted) + ", or " + wayOut));
            }
        }
        return rows;
    }

    /** A table with these columns, in lines. */
    static String text(List<String> columns, List<Map<String, String>> rows) {
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(schema::addColumn);
        return MAPPER.writer(schema.build().withHeader()).writeValueAsString(rows);
    }
}
