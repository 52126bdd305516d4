package org.obverse.engine.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value of a plan, and the line of the file where it (or its key) stands; line 0 if it stands in none.
 *
 * <p>Trees are immutable. {@link #of} makes one of a configuration, {@link #plain} the maps, lists and scalars that {@code
 * Use.settings} holds.
 */
public sealed interface Node {
    int line();

    /** Text, a number or a truth value: {@link String}, {@link Number} or {@link Boolean}. */
    record Scalar(Object value, int line) implements Node {}

    /** A list. */
    record Sequence(List<Node> items, int line) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in the order of the file. */
    record Mapping(Map<String, Node> entries, int line) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** The mapping with one entry added or, in its place, replaced. */
        public Mapping with(String key, Node value) {
            Map<String, Node> changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Mapping(changed, line);
        }

        public Mapping without(Set<String> keys) {
            Map<String, Node> changed = new LinkedHashMap<>(entries);
            changed.keySet().removeAll(keys);
            return new Mapping(changed, line);
        }

        /**
         * This mapping with another one written over it: mappings merge, everything else is replaced, and so is a whole
         * mapping if the other one names another component.
         */
        public Mapping overlaid(Mapping over) {
            Optional<Object> named = over.get(Binder.USE).map(Node::plain);
            if (named.isPresent() && !named.equals(get(Binder.USE).map(Node::plain))) {
                return over;
            }
            Map<String, Node> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((key, value) -> merged.merge(key, value, Mapping::merged));
            return new Mapping(merged, over.line);
        }

        private static Node merged(Node below, Node above) {
            return below instanceof Mapping mapping && above instanceof Mapping over ? mapping.overlaid(over) : above;
        }
    }

    /** A key without a value. */
    record Blank(int line) implements Node {}

    /** An empty mapping that stands nowhere. */
    static Mapping nothing() {
        return new Mapping(Map.of(), 0);
    }

    /**
     * The tree of a configuration record, a {@code Use}, or what they consist of.
     *
     * @throws IllegalArgumentException if a value is of a type that a configuration cannot have
     */
    static Node of(Object value) {
        return Trees.of(value, 0);
    }

    /** The same tree, said to stand at another line. */
    default Node movedTo(int line) {
        if (this instanceof Scalar scalar) {
            return new Scalar(scalar.value(), line);
        }
        if (this instanceof Sequence sequence) {
            return new Sequence(
                    sequence.items().stream().map(item -> item.movedTo(line)).toList(), line);
        }
        if (this instanceof Mapping mapping) {
            Map<String, Node> moved = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> moved.put(key, value.movedTo(line)));
            return new Mapping(moved, line);
        }
        return new Blank(line);
    }

    /** Maps, lists, text, numbers and truth values. */
    default Object plain() {
        if (this instanceof Scalar scalar) {
            return scalar.value();
        }
        if (this instanceof Sequence sequence) {
            return sequence.items().stream().map(Node::plain).toList();
        }
        if (this instanceof Mapping mapping) {
            Map<String, Object> plain = new LinkedHashMap<>();
            mapping.entries().forEach((key, child) -> plain.put(key, child.plain()));
            return plain;
        }
        throw new IllegalStateException("a blank value at line " + line() + " was not refused");
    }

    /** The line of the node at a dotted path below this one, or of the last node on the way that exists. */
    default int line(String path) {
        Node node = this;
        for (String step : path.isEmpty() ? List.<String>of() : List.of(path.split("\\.", -1))) {
            Optional<Node> next = node.child(step);
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
        }
        return node.line();
    }

    /** The line of the first text that is this one, in this node and below; 0 if there is none. */
    default int lineOf(String text) {
        if (this instanceof Mapping mapping) {
            return lineOf(text, mapping.entries().values());
        }
        if (this instanceof Sequence sequence) {
            return lineOf(text, sequence.items());
        }
        return this instanceof Scalar scalar && scalar.value().equals(text) ? line() : 0;
    }

    private static int lineOf(String text, Collection<Node> nodes) {
        return nodes.stream()
                .mapToInt(node -> node.lineOf(text))
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    /** The node at a dotted path below this one. */
    default Optional<Node> at(String path) {
        Optional<Node> node = Optional.of(this);
        for (String step : path.split("\\.", -1)) {
            node = node.flatMap(parent -> parent.child(step));
        }
        return node;
    }

    /** An entry of a mapping, or an item of a list by its index. */
    default Optional<Node> child(String step) {
        if (this instanceof Mapping mapping) {
            return mapping.get(step);
        }
        if (this instanceof Sequence sequence && step.matches("\\d{1,6}")) {
            int index = Integer.parseInt(step);
            return index < sequence.items().size()
                    ? Optional.of(sequence.items().get(index))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** The value in the words of a message. */
    default String found() {
        if (this instanceof Scalar scalar) {
            Object value = scalar.value();
            if (value instanceof String text) {
                return "the text '" + text + "'";
            }
            return value instanceof Number number ? "the number " + Decimal.text(number) : value.toString();
        }
        if (this instanceof Sequence sequence) {
            return "a list of " + sequence.items().size();
        }
        if (this instanceof Mapping mapping) {
            return "the keys "
                    + String.join(", ", new ArrayList<>(mapping.entries().keySet()));
        }
        return "nothing";
    }
}
