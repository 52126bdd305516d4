package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * A key of the plan that a study varies.
 *
 * @param label the shortest end of the path which no other axis shares
 * @param values at least one
 */
record Axis(PlanPath path, String label, List<Node> values) {
    Axis {
        values = List.copyOf(values);
    }

    /** The last steps of a path, at least one that is no index, which no other path ends with. */
    static String label(String path, List<String> paths) {
        List<String> steps = List.of(path.split("\\.", -1));
        for (int length = 1; length < steps.size(); length++) {
            String end = String.join(".", steps.subList(steps.size() - length, steps.size()));
            boolean shared = paths.stream()
                    .anyMatch(other -> !other.equals(path) && (other.equals(end) || other.endsWith("." + end)));
            if (!shared && !end.matches("[\\d.]+")) {
                return end;
            }
        }
        return path;
    }

    Coordinate coordinate(int index) {
        String text = text(values.get(index));
        long alike = values.stream()
                .filter(value -> inName(text(value)).equals(inName(text)))
                .count();
        return new Coordinate(path.toString(), label, alike == 1 ? text : text + "#" + (index + 1));
    }

    /** A text as part of a directory's name. */
    static String inName(String text) {
        return text.replaceAll("[^A-Za-z0-9._=,+-]+", "-");
    }

    private static String text(Node value) {
        if (value instanceof Mapping mapping && mapping.get(Binder.USE).isPresent()) {
            List<String> keys = new ArrayList<>();
            mapping.entries()
                    .forEach((key, child) -> keys.add(key.equals(Binder.USE) ? text(child) : key + "=" + text(child)));
            return String.join("-", keys);
        }
        if (value instanceof Sequence sequence) {
            return sequence.items().isEmpty()
                    ? "none"
                    : sequence.items().stream().map(Axis::text).collect(Collectors.joining("+"));
        }
        if (value instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        return value instanceof Node.Blank ? "nothing" : CanonicalJson.of(value);
    }
}
