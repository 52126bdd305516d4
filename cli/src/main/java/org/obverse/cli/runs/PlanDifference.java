package org.obverse.cli.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Blank;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/**
 * What one plan says otherwise than another, as the overrides that lead from the other to it: {@code key=value}, and {@code ~key} for
 * one that it does not have. The name is no part of a plan.
 *
 * @param overrides in the plan's order, dropped keys last
 */
record PlanDifference(List<String> overrides) {
    private static final String GAP = "  ";
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*";

    PlanDifference {
        overrides = List.copyOf(overrides);
    }

    static PlanDifference between(Mapping before, Mapping now) {
        Map<String, String> old = keys(before);
        Map<String, String> fresh = keys(now);
        List<String> overrides = new ArrayList<>();
        fresh.forEach((key, value) -> {
            if (!value.equals(old.get(key))) {
                overrides.add(key + "=" + value);
            }
        });
        old.keySet().stream().filter(key -> !fresh.containsKey(key)).forEach(key -> overrides.add("~" + key));
        return new PlanDifference(overrides);
    }

    private static Map<String, String> keys(Mapping plan) {
        Map<String, String> keys = new LinkedHashMap<>();
        plan.entries().forEach((key, value) -> {
            if (!key.equals("name")) {
                collect(key, value, keys);
            }
        });
        return keys;
    }

    /** Lists of mappings are taken apart like mappings; a list of values is one value. */
    private static void collect(String path, Node node, Map<String, String> keys) {
        if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach((key, value) -> collect(path + "." + key, value, keys));
        } else if (node instanceof Sequence sequence
                && sequence.items().stream().anyMatch(item -> !(item instanceof Scalar))) {
            for (int i = 0; i < sequence.items().size(); i++) {
                collect(path + "." + i, sequence.items().get(i), keys);
            }
        } else {
            keys.put(path, text(node));
        }
    }

    private static String text(Node node) {
        if (node instanceof Blank) {
            return "";
        }
        boolean isPlain = node instanceof Scalar scalar
                && scalar.value() instanceof String text
                && text.matches(PLAIN)
                && !List.of("true", "false", "null").contains(text);
        return isPlain ? String.valueOf(((Scalar) node).value()) : CanonicalJson.of(node);
    }

    /**
     * The first ones that fit into a line, and how many there are beside them.
     *
     * @param width of the line, in characters
     */
    String line(int width) {
        String whole = String.join(GAP, overrides);
        String line = "";
        for (int i = 0; whole.length() > width && i < overrides.size(); i++) {
            String shown =
                    String.join(GAP, overrides.subList(0, i + 1)) + GAP + "and " + (overrides.size() - i - 1) + " more";
            line = shown.length() <= width ? shown : line;
        }
        return line.isEmpty() ? cut(whole, width) : line;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(1, width - 1)) + "…";
    }
}
