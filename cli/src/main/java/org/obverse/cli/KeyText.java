package org.obverse.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.engine.configuration.Description;

/** Wrapped lines of text and of keys, as {@code obverse describe} prints them. */
final class KeyText {
    private final int width;
    private final StringBuilder page = new StringBuilder();

    KeyText(int width) {
        this.width = width;
    }

    /** A key with its type, default and meaning, and those below it. */
    void key(Description key, int depth) {
        String indent = "  ".repeat(depth);
        String fallback = key.fallback().isEmpty() ? "" : ": " + key.fallback();
        line(indent + key.key() + fallback);
        text(indent + "    ", key.type() + (key.meaning().isEmpty() ? "" : "; " + key.meaning()));
        key.nested().forEach(nested -> key(nested, depth + 1));
    }

    /** Keys for other programs. */
    static List<Map<String, Object>> plain(List<Description> keys) {
        return keys.stream().map(KeyText::plain).toList();
    }

    private static Map<String, Object> plain(Description key) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("key", key.key());
        plain.put("type", key.type());
        plain.put("default", key.fallback());
        plain.put("meaning", key.meaning());
        plain.put("keys", plain(key.nested()));
        return plain;
    }

    /** Wraps. */
    void text(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split("\\s+", -1)) {
            if (line.length() > indent.length() && line.length() + word.length() > width) {
                line(line.toString().stripTrailing());
                line.setLength(indent.length());
            }
            line.append(word).append(' ');
        }
        line(line.toString().stripTrailing());
    }

    void line(String text) {
        page.append(text).append(System.lineSeparator());
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
