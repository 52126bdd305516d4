package org.obverse.cli;

import java.util.ArrayList;
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
import org.obverse.engine.configuration.Node.Sequence;

/** What a plan trains. */
enum TrainedPart {
    TARGET,
    EVALUATION,
    GENERATOR;

    private static final Set<String> JUDGED = Set.of("attack", "controls", "metrics", "accept");

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
     * A plan's tree without what does not train, and without the axes and swaps that vary it.
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
        axes.keySet().removeIf(axis -> dropped.contains(section(axis)));
        List<Node> swaps = new ArrayList<>();
        if (plan.at("study.swaps").orElse(Node.nothing()) instanceof Sequence written) {
            swaps.addAll(written.items());
        }
        swaps.removeIf(swap -> swap.plain() instanceof String text && dropped.contains(section(text)));
        Mapping study = Node.nothing();
        if (!axes.isEmpty()) {
            study = study.with("axes", new Mapping(axes, plan.line("study")));
        }
        if (!swaps.isEmpty()) {
            study = study.with("swaps", new Sequence(swaps, plan.line("study")));
        }
        return study.entries().isEmpty() ? tree : tree.with("study", study);
    }

    /** Of the plan, of a dotted key with whatever else stands there. */
    private static String section(String key) {
        return key.replaceFirst("^~", "").split("[.=]", 2)[0].strip();
    }
}
