package org.obverse.engine.configuration;

import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/**
 * One text per tree, for digests: no spaces, keys sorted, shortest decimals. Numbers that JSON lacks are written as the
 * texts {@code .inf}, {@code -.inf} and {@code .nan}, a blank as null.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    public static String of(Node node) {
        if (node instanceof Mapping mapping) {
            return new TreeMap<>(mapping.entries())
                    .entrySet().stream()
                            .map(entry -> quoted(entry.getKey()) + ":" + of(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(CanonicalJson::of).collect(Collectors.joining(",", "[", "]"));
        }
        return node instanceof Scalar scalar ? scalar(scalar.value()) : "null";
    }

    private static String scalar(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return quoted(Decimal.text(number));
        }
        if (value instanceof Number number) {
            return Decimal.text(number);
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
