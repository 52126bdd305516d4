package org.obverse.engine.plan;

import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Suggestion;

/**
 * The models of a plan, for whoever quotes one.
 *
 * @param kind such as {@code evaluation model}
 * @param names in the plan's order
 */
record ModelNames(String kind, Set<String> names) {
    /** The name that a plan gives; nothing if a problem was reported. */
    Optional<String> quoted(Node node, String path, Binder binder) {
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String name)) {
            binder.add(new Problem(
                    path,
                    node.line(),
                    "expected the name of " + article() + kind + ", found " + node.found(),
                    Suggestion.of("", kind + "s", names)));
            return Optional.empty();
        }
        if (!names.contains(name)) {
            binder.add(new Problem(
                    path,
                    node.line(),
                    "there is no " + kind + " '" + name + "'",
                    Suggestion.of(name, kind + "s", names)));
            return Optional.empty();
        }
        return Optional.of(name);
    }

    /** The plan's only model, if nobody names one; nothing if a problem was reported. There is at least one. */
    Optional<String> only(Node node, String path, String key, Binder binder) {
        String first = names.iterator().next();
        if (names.size() > 1) {
            binder.add(new Problem(
                    path,
                    node.line(),
                    "the plan has several " + kind + "s (" + String.join(", ", names) + "), and none is named here",
                    "add " + key + ": " + first));
            return Optional.empty();
        }
        return Optional.of(first);
    }

    private String article() {
        return kind.startsWith("e") ? "an " : "a ";
    }
}
