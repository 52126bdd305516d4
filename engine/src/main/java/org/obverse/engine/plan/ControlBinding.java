package org.obverse.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.control.Control;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;

/** Binds the entries of {@code controls}. */
final class ControlBinding {
    /** The section of plans. */
    static final String SECTION = "controls";

    private final Components components;
    private final Binder binder;
    private final Map<String, PlannedComponent<Control>> bound = new LinkedHashMap<>();

    ControlBinding(Components components, Binder binder) {
        this.components = components;
        this.binder = binder;
    }

    /** Those whose component could be bound, by path. */
    Map<String, PlannedComponent<Control>> bound() {
        return Collections.unmodifiableMap(bound);
    }

    Optional<PlannedComponent<Control>> bind(Node node, String path) {
        Optional<PlannedComponent<Control>> control = components.bind(Kind.CONTROL, node, path, Set.of(), binder);
        control.ifPresent(chosen -> {
            distinct(chosen, node, path);
            bound.put(path, chosen);
        });
        return control;
    }

    /** Rows of tables bear their names. */
    private void distinct(PlannedComponent<Control> chosen, Node node, String path) {
        bound.forEach((first, other) -> {
            if (other.name().equals(chosen.name())) {
                binder.add(new Problem(
                        path,
                        node.line(),
                        "'%s' is a control of the plan already, %s".formatted(chosen.name(), first),
                        "keep one of them; settings are compared with study: { axes: { %s.KEY: [ … ] } }"
                                .formatted(first)));
            }
        });
    }
}
