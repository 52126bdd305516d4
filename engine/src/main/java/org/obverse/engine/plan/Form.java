package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** Parts of a plan that must be keys and values, or a list. */
final class Form {
    private Form() {}

    /** Nothing if a problem was reported. */
    static Optional<Mapping> mapping(Node node, String path, Binder binder) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        binder.add(new Problem(
                path,
                node.line(),
                "expected keys and values, found " + node.found(),
                "write " + path + ": { key: value }"));
        return Optional.empty();
    }

    /** Of a list of components, each {@code { use: NAME, … }} or its name alone, what {@link #items} gives. */
    static <P> List<P> components(Node node, String path, Binder binder, BiFunction<Node, String, Optional<P>> read) {
        return items(
                node,
                path,
                binder,
                (item, where) -> read.apply(
                        item instanceof Scalar name ? new Mapping(Map.of(Binder.USE, name), name.line()) : item,
                        where));
    }

    /** What was read of each item; those with problems are left out. */
    static <P> List<P> items(Node node, String path, Binder binder, BiFunction<Node, String, Optional<P>> read) {
        if (!(node instanceof Sequence sequence)) {
            binder.add(new Problem(
                    path, node.line(), "expected a list, found " + node.found(), "write [ { … }, … ], or [] for none"));
            return List.of();
        }
        List<P> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            read.apply(sequence.items().get(i), path + "." + i).ifPresent(items::add);
        }
        return items;
    }
}
