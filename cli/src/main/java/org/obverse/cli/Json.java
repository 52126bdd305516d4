package org.obverse.cli;

import java.io.PrintWriter;
import org.obverse.cli.progress.Printable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What commands print for other programs. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /**
     * @param content maps, lists, values and records of these
     */
    static void print(Object content, PrintWriter out) {
        out.println(Printable.json(MAPPER.writeValueAsString(content)));
    }

    static byte[] bytes(Object content) {
        return MAPPER.writeValueAsBytes(content);
    }
}
