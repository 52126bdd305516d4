package org.obverse.engine.configuration;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** Lays a tree out as YAML for people: mappings in block style, lists of scalars in one line. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./+=-]*( [A-Za-z0-9][A-Za-z0-9_./+=-]*)*");
    private static final Pattern PLAIN_WITH_COLON = Pattern.compile("[A-Za-z]+:[A-Za-z0-9_./-]+");
    private static final Pattern RESERVED = Pattern.compile("(?i)true|false|null|yes|no|on|off");

    /** So that no list makes a line that {@link Yaml} does not read. */
    private static final int MOST_IN_A_LINE = 1000;

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(Mapping tree) {
        YamlText yaml = new YamlText();
        if (tree.entries().isEmpty()) {
            return "{}\n";
        }
        yaml.entries(tree, 0, "");
        return yaml.text.toString();
    }

    /** The first line's indentation is written by a list item's dash, if {@code dash} is not empty. */
    private void entries(Mapping mapping, int depth, String dash) {
        String lead = dash.isEmpty() ? indentation(depth) : indentation(depth - 1) + dash;
        for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
            text.append(lead).append(scalar(entry.getKey())).append(':');
            lead = indentation(depth);
            value(entry.getValue(), depth);
        }
    }

    private void value(Node node, int depth) {
        if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            text.append('\n');
            entries(mapping, depth + 1, "");
        } else if (node instanceof Sequence sequence && !isFlat(sequence)) {
            text.append('\n');
            sequence.items().forEach(item -> item(item, depth + 1));
        } else {
            text.append(' ').append(flow(node)).append('\n');
        }
    }

    private void item(Node item, int depth) {
        if (item instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            entries(mapping, depth + 1, "- ");
        } else {
            text.append(indentation(depth)).append("- ").append(flow(item)).append('\n');
        }
    }

    private static boolean isFlat(Sequence sequence) {
        return sequence.items().size() <= MOST_IN_A_LINE
                && sequence.items().stream().noneMatch(Mapping.class::isInstance);
    }

    static String flow(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> scalar(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Scalar scalar) {
            return scalar(scalar.value());
        }
        return "null";
    }

    private static String scalar(Object value) {
        if (value instanceof Number number) {
            return Decimal.text(number);
        }
        if (value instanceof String text) {
            boolean plain = PLAIN.matcher(text).matches()
                    || PLAIN_WITH_COLON.matcher(text).matches();
            return plain && !RESERVED.matcher(text).matches() ? text : CanonicalJson.quoted(text);
        }
        return value.toString();
    }

    private static String indentation(int depth) {
        return "  ".repeat(depth);
    }
}
