package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * @param coordinates one per value
 * @param values at least one
 */
record Axis(PlanPath path, List<Coordinate> coordinates, List<Node> values) {
    Axis {
        coordinates = List.copyOf(coordinates);
        values = List.copyOf(values);
    }

    /**
     * @param paths of all axes
     */
    static Axis of(String path, List<String> paths, List<Node> values) {
        return of(path, paths, values, values.stream().map(Axis::text).toList());
    }

    /**
     * @param named the values by their names
     */
    static Axis named(String path, List<String> paths, Mapping named) {
        return of(
                path,
                paths,
                List.copyOf(named.entries().values()),
                List.copyOf(named.entries().keySet()));
    }

    private static Axis of(String path, List<String> paths, List<Node> values, List<String> texts) {
        String label = label(path, paths);
        Map<String, Long> alike = texts.stream().collect(Collectors.groupingBy(Axis::inName, Collectors.counting()));
        List<Coordinate> coordinates = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            boolean only = alike.getOrDefault(inName(text), 0L) == 1;
            coordinates.add(new Coordinate(path, label, only ? text : text + "#" + (i + 1)));
        }
        return new Axis(PlanPath.of(path), coordinates, values);
    }

    /** The last steps of a path, from one that is no index, which no other path ends with. */
    static String label(String path, List<String> paths) {
        String slot = slot(path);
        List<String> steps = List.of(slot.split("\\.", -1));
        for (int length = 1; length < steps.size(); length++) {
            String end = String.join(".", steps.subList(steps.size() - length, steps.size()));
            boolean shared = paths.stream()
                    .filter(other -> !other.equals(path))
                    .map(Axis::slot)
                    .anyMatch(other -> other.equals(end) || other.endsWith("." + end));
            if (!shared && !end.matches("\\d+(\\..*)?")) {
                return end;
            }
        }
        return paths.stream().filter(other -> slot(other).equals(slot)).count() == 1 ? slot : path;
    }

    /** What names a component says nothing; the place that it fills does. */
    private static String slot(String path) {
        String use = "." + Binder.USE;
        return path.endsWith(use) ? path.substring(0, path.length() - use.length()) : path;
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
