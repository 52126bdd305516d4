package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Blank;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;

/**
 * A key of a plan by its dotted path; a number selects an item of a list.
 *
 * @param steps keys and indices, outermost first
 */
record PlanPath(List<String> steps) {
    private static final String AXES = "study.axes.";

    PlanPath {
        steps = List.copyOf(steps);
    }

    /** The names of axes are paths themselves, so that what follows {@code study.axes.} is one key. */
    static PlanPath of(String text) {
        if (text.chars().filter(c -> c == '.').count() >= Yaml.DEEPEST) {
            throw new InvalidConfigurationException(new Problem(
                    text.substring(0, 80) + "…", "no key lies that deep", "use at most " + Yaml.DEEPEST + " steps"));
        }
        if (text.startsWith(AXES) && text.length() > AXES.length()) {
            return new PlanPath(List.of("study", "axes", text.substring(AXES.length())));
        }
        List<String> steps = List.of(text.split("\\.", -1));
        if (steps.stream().anyMatch(String::isBlank)) {
            throw new InvalidConfigurationException(new Problem(
                    "'" + text + "'",
                    "nothing stands before, behind or between dots of this key",
                    "write section.key"));
        }
        return new PlanPath(steps);
    }

    /** The tree without what is at this path; nothing if there is nothing at it. */
    Optional<Mapping> without(Mapping root) {
        return without(root, 0).map(Mapping.class::cast);
    }

    private Optional<Node> without(Node node, int depth) {
        String step = steps.get(depth);
        Optional<Node> child = node.child(step);
        boolean last = depth == steps.size() - 1;
        Optional<Node> below = last ? Optional.empty() : child.flatMap(inner -> without(inner, depth + 1));
        if (child.isEmpty() || (!last && below.isEmpty())) {
            return Optional.empty();
        }
        if (node instanceof Mapping mapping) {
            return Optional.of(
                    below.map(inner -> mapping.with(step, inner)).orElseGet(() -> mapping.without(Set.of(step))));
        }
        List<Node> items = new ArrayList<>(((Sequence) node).items());
        int index = Integer.parseInt(step);
        items.remove(index);
        below.ifPresent(inner -> items.add(index, inner));
        return Optional.of(new Sequence(items, node.line()));
    }

    /** The tree with the value at this path; mappings on the way are made where there are none. */
    Mapping set(Mapping root, Node value) {
        return (Mapping) set(root, 0, value);
    }

    private Node set(Node node, int depth, Node value) {
        if (depth == steps.size()) {
            return value;
        }
        String step = steps.get(depth);
        if (node instanceof Sequence sequence) {
            return item(sequence, depth, value);
        }
        if (!(node instanceof Mapping) && !(node instanceof Blank)) {
            throw problem(
                    value,
                    depth,
                    "'" + prefix(depth) + "' is " + node.found() + " and has no keys",
                    "override " + prefix(depth) + " itself");
        }
        Mapping mapping = node instanceof Mapping given ? given : new Mapping(Map.of(), node.line());
        Optional<Node> below = mapping.get(step);
        Node inner = below.orElseGet(() -> new Mapping(new LinkedHashMap<>(), value.line()));
        return mapping.with(step, set(inner, depth + 1, value));
    }

    private Node item(Sequence sequence, int depth, Node value) {
        String step = steps.get(depth);
        List<Node> items = new ArrayList<>(sequence.items());
        Optional<Node> item = sequence.child(step);
        if (item.isEmpty()) {
            throw problem(
                    value,
                    depth,
                    "'%s' is a list of %d and has no item '%s'".formatted(prefix(depth), items.size(), step),
                    items.isEmpty() ? "write the whole list" : "use an index from 0 to " + (items.size() - 1));
        }
        items.set(Integer.parseInt(step), set(item.get(), depth + 1, value));
        return new Sequence(items, sequence.line());
    }

    private InvalidConfigurationException problem(Node value, int depth, String message, String wayOut) {
        return new InvalidConfigurationException(new Problem(prefix(depth + 1), value.line(), message, wayOut));
    }

    private String prefix(int length) {
        return String.join(".", steps.subList(0, length));
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
