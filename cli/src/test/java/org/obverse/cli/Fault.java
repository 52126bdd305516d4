package org.obverse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where {@link FaultyPlugin} throws and what, as its jar says; nowhere once the jar was mended. */
final class Fault {
    static final String FILE = "fault.txt";

    private Fault() {}

    /** Throws if this is the place. */
    static void at(String place) {
        String[] fault = fault().split(" ", 2);
        if (fault[0].equals(place)) {
            Fault.<RuntimeException>fail(thrown(fault[1]));
        }
    }

    private static String fault() {
        try (InputStream in = Fault.class.getResourceAsStream("/" + FILE)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void fail(Throwable failure) throws E {
        throw (E) failure;
    }

    private static Throwable thrown(String name) {
        return switch (name) {
            case "NoClassDefFoundError" -> new NoClassDefFoundError("third/Party");
            case "StackOverflowError" -> new StackOverflowError();
            case "OutOfMemoryError" -> new OutOfMemoryError("as if");
            case "AssertionError" -> new AssertionError("never");
            case "IOException" -> new IOException("undeclared");
            case "Rude" -> new Rude();
            default -> new IllegalStateException("not now");
        };
    }

    /** Not even its name can be had. */
    private static final class Rude extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no comment");
        }
    }
}
