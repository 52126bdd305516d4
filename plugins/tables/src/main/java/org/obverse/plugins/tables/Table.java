package org.obverse.plugins.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** A CSV file that grows by whole rows. */
record Table(Path file) {
    /** Begins a table, in place of one that may be there. */
    static Table begin(Path file, List<String> columns) {
        write(
                file,
                Csv.row(columns),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        return new Table(file);
    }

    /**
     * Goes on with a table, if there is one; what a kill left of its last row is cut off.
     *
     * @param earlier is given each of its rows
     * @throws InvalidConfigurationException if it has other columns
     */
    static Table goOn(Path file, List<String> columns, Consumer<List<String>> earlier) {
        // Bytes, because a torn character is none.
        int whole = Csv.read(text(file, StandardCharsets.ISO_8859_1)).length();
        if (whole == 0) {
            return begin(file, columns);
        }
        List<List<String>> rows = Csv.read(text(file, StandardCharsets.UTF_8)).rows();
        if (!rows.get(0).equals(columns)) {
            throw new InvalidConfigurationException(new Problem(
                    file.toString(),
                    "is a table of the columns " + rows.get(0) + ", not of " + columns,
                    "move it away"));
        }
        cut(file, whole);
        rows.subList(1, rows.size()).forEach(earlier);
        return new Table(file);
    }

    /** Appends rows in one piece. */
    void append(List<List<String>> rows) {
        if (!rows.isEmpty()) {
            write(file, rows.stream().map(Csv::row).collect(Collectors.joining()), StandardOpenOption.APPEND);
        }
    }

    private static String text(Path file, Charset encoding) {
        try {
            return Files.exists(file) ? Files.readString(file, encoding) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table " + file, e);
        }
    }

    private static void cut(Path file, int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table " + file, e);
        }
    }

    private static void write(Path file, String text, OpenOption... options) {
        try (FileChannel channel = FileChannel.open(file, options)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table " + file, e);
        }
    }
}
