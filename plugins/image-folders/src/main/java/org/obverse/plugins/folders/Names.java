package org.obverse.plugins.folders;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Names of files and folders: how they are ordered, compared and shown, under every locale alike. */
final class Names {
    /** By Unicode code points, which is the order of UTF-8's bytes, Python's, and hence torchvision's. */
    static final Comparator<String> ORDER = Names::compare;

    /** What Java makes of bytes that are no text in the locale's encoding. */
    private static final char UNREADABLE = '\uFFFD';

    private Names() {}

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return rank(one.charAt(i)) - rank(other.charAt(i));
            }
        }
        return one.length() - other.length();
    }

    /** A surrogate stands for a code point behind all others. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }

    /** The last name of a path. */
    static String of(Path path) {
        return String.valueOf(path.getFileName()).replace("/", "");
    }

    /** What people and plans call it: one text for one name, whether a system stores letters and accents together or apart. */
    static String spoken(String name) {
        return escaped(Normalizer.normalize(name, Normalizer.Form.NFC));
    }

    /** Whether all of it could be read as text. */
    static boolean isReadable(String name) {
        return name.indexOf(UNREADABLE) < 0;
    }

    /** The path with {@code /} between the names, fit for a line of a message or a list; two paths are never shown alike. */
    static String shown(Path path) {
        String names = StreamSupport.stream(path.spliterator(), false)
                .map(name -> escaped(name.toString()))
                .collect(Collectors.joining("/"));
        return path.getRoot() == null ? names : path.getRoot().toString().replace('\\', '/') + names;
    }

    /** A text of somebody else's file, fit for a line of a message. */
    static String escaped(String name) {
        if (name.codePoints().noneMatch(Names::isUnfit)) {
            return name;
        }
        StringBuilder escaped = new StringBuilder();
        name.codePoints()
                .forEach(code -> escaped.append(isUnfit(code) ? "\\u%04x".formatted(code) : Character.toString(code)));
        return escaped.toString();
    }

    /** Controls, ends of lines, what turns the direction of writing, and the sign of an escape. */
    private static boolean isUnfit(int code) {
        return Character.isISOControl(code)
                || code == '\\'
                || code == '\u2028'
                || code == '\u2029'
                || (code >= '\u202a' && code <= '\u202e')
                || (code >= '\u2066' && code <= '\u2069');
    }
}
