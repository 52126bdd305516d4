package org.obverse.cli.progress;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that may come from a file, made fit for a terminal: what would steer it (control characters, among them ESC and its
 * one-character forms, and marks that reverse the direction of writing) is shown as its number, such as {@code \x1b}.
 */
public final class Printable {
    private static final String STEERING = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";
    private static final Pattern IN_A_LINE = Pattern.compile("[" + STEERING + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + STEERING + "&&[^\n\t]]");

    private Printable() {}

    /** For one line: line ends and tabs are shown by number as well. */
    public static String line(String text) {
        return escaped(text, IN_A_LINE);
    }

    /** For a text whose line ends and tabs are meant. */
    public static String lines(String text) {
        return escaped(text.replace("\r\n", "\n"), IN_LINES);
    }

    /** JSON, in whose strings they are written as JSON has it, so that they mean the same to who reads it. */
    public static String json(String text) {
        return IN_LINES.matcher(text)
                .replaceAll(found ->
                        found.group().chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining()));
    }

    private static String escaped(String text, Pattern steering) {
        return steering.matcher(text).replaceAll(found -> {
            int code = found.group().codePointAt(0);
            return (code < 0x100 ? "\\\\x%02x" : "\\\\u%04x").formatted(code);
        });
    }
}
