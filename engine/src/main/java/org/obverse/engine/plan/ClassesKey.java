package org.obverse.engine.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** The key {@code classes} of an attack. */
final class ClassesKey {
    private static final String ALL = "all";
    private static final String RANDOM = "random";

    private ClassesKey() {}

    /** The classes; nothing if a problem was reported. */
    static Optional<Classes> read(Node node, String path, Binder binder) {
        if (node instanceof Scalar scalar && scalar.value().equals(ALL)) {
            return Optional.of(new Classes.All());
        }
        if (node instanceof Mapping mapping && mapping.get(RANDOM).isPresent()) {
            binder.refuseUnknown(mapping, path, Set.of(RANDOM));
            return drawn(mapping.get(RANDOM).get(), path + "." + RANDOM, binder);
        }
        Set<NameOrIndex> classes = new LinkedHashSet<>();
        if (node instanceof Sequence sequence && !sequence.items().isEmpty()) {
            int before = binder.problems().size();
            for (int i = 0; i < sequence.items().size(); i++) {
                addClass(sequence.items().get(i), path + "." + i, classes, binder);
            }
            return binder.problems().size() > before
                    ? Optional.empty()
                    : Optional.of(new Classes.Listed(List.copyOf(classes)));
        }
        binder.add(new Problem(
                path,
                node.line(),
                "expected all, a list of classes or a number of random ones, found " + node.found(),
                "write all, [ anna, 17 ], or { random: 100 }"));
        return Optional.empty();
    }

    private static Optional<Classes> drawn(Node node, String path, Binder binder) {
        if (node instanceof Scalar scalar && scalar.value() instanceof Integer count && count > 0) {
            return Optional.of(new Classes.Drawn(count));
        }
        binder.add(new Problem(
                path,
                node.line(),
                "expected a number of classes from 1 on, found " + node.found(),
                "write { random: 100 }, or all"));
        return Optional.empty();
    }

    private static void addClass(Node item, String path, Set<NameOrIndex> classes, Binder binder) {
        Object value = item instanceof Scalar scalar ? scalar.value() : "";
        NameOrIndex named = value instanceof Integer label
                ? new NameOrIndex.Index(label)
                : new NameOrIndex.Name(value instanceof String name ? name : "");
        boolean exists = named instanceof NameOrIndex.Index index
                ? index.index() >= 0
                : !named.toString().isEmpty();
        if (!exists) {
            binder.add(new Problem(
                    path,
                    item.line(),
                    "a class is its name or its number from 0, found " + item.found(),
                    "write [ anna, 17 ]; a name that is a number in quotes"));
        } else if (!classes.add(named)) {
            binder.add(new Problem(path, item.line(), "class " + named + " is listed twice", "list it once"));
        }
    }

    /** What {@link #read} reads. */
    static Node write(Classes classes) {
        if (classes instanceof Classes.Listed listed) {
            return Node.of(listed.classes());
        }
        return classes instanceof Classes.Drawn drawn
                ? Node.nothing().with(RANDOM, new Scalar(drawn.random(), 0))
                : new Scalar(ALL, 0);
    }
}
