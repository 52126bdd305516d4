package org.obverse.engine.artifact;

import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON that is kept or sent, and read again by a program that does not trust it: nothing in it is missing or null. */
public final class StoredJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();

    private StoredJson() {}

    /** In one line. */
    public static String text(Object written) {
        return JSON.writeValueAsString(written);
    }

    /** In one line, piece by piece, to what stays open and is not flushed. */
    public static void write(Object written, OutputStream bytes) throws IOException {
        try {
            JSON.writer()
                    .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .writeValue(bytes, written);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    /** For a file that people read. */
    public static String indented(Object written) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written);
    }

    /**
     * What {@link #text} or {@link #indented} wrote.
     *
     * @throws IllegalArgumentException if it is anything else; says what is wrong with it
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(text, type))
                    .orElseThrow(() -> new IllegalArgumentException("it is null"));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * As {@link #read(String, Class)}, piece by piece.
     *
     * @throws IOException if it cannot be read
     */
    public static <T> T read(Reader text, Class<T> type) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(text, type))
                    .orElseThrow(() -> new IllegalArgumentException("it is null"));
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
