package org.obverse.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;

/** What a plan trains. */
enum TrainedPart {
    TARGET,
    EVALUATION,
    GENERATOR;

    private static final Set<String> JUDGED = Set.of("attack", "metrics");

    private Set<String> sections() {
        return this == TARGET ? Set.of("target", "targets") : Set.of(slot());
    }

    private String slot() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The part that a unit trains. */
    static Optional<TrainedPart> ofUnit(String unit) {
        return Arrays.stream(values())
                .filter(part -> unit.equals(part.slot()) || unit.startsWith(part.slot() + "/"))
                .findFirst();
    }

    /**
     * A plan's tree without what does not train, and without the axes that vary it.
     *
     * @param kept the parts to keep; empty keeps all
     */
    static Mapping only(Mapping plan, List<TrainedPart> kept) {
        Set<String> dropped = new HashSet<>(JUDGED);
        for (TrainedPart part : values()) {
            if (!kept.isEmpty() && !kept.contains(part)) {
                dropped.addAll(part.sections());
            }
        }
        Mapping tree = plan.without(dropped).without(Set.of("study"));
        Map<String, Node> axes = new LinkedHashMap<>();
        if (plan.at("study.axes").orElse(Node.nothing()) instanceof Mapping written) {
            axes.putAll(written.entries());
        }
        axes.keySet().removeIf(axis -> dropped.contains(axis.split("\\.", 2)[0]));
        return axes.isEmpty()
                ? tree
                : tree.with("study", Node.nothing().with("axes", new Mapping(axes, plan.line("study"))));
    }
}
