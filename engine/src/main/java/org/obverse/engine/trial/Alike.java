package org.obverse.engine.trial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * Which units cost the same, so that one stands for all: those that differ in nothing but seeds, in which classes they are for (not
 * in how many), in what files hold, in the numbers of defenses, and in how long the networks were trained that they read.
 */
final class Alike {
    private static final Set<String> WITHOUT_COST = Set.of("seed", "classes", "coupled with classes");
    private static final String TRAINING = "training";
    private static final String NUMBER = "-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?";

    private final Map<UnitName, String> asInput = new HashMap<>();
    private final Map<String, List<UnitName>> groups = new LinkedHashMap<>();

    private Alike() {}

    /** The units, each behind its inputs, in the order of the first of each group. */
    static List<List<UnitName>> of(RunGraph graph) {
        Alike alike = new Alike();
        graph.units().forEach(alike::add);
        return List.copyOf(alike.groups.values());
    }

    private void add(Unit<?> unit) {
        asInput.put(unit.name(), key(unit, Set.of(TRAINING)));
        groups.computeIfAbsent(key(unit, Set.of()), key -> new ArrayList<>()).add(unit.name());
    }

    private String key(Unit<?> unit, Set<String> also) {
        List<String> parts = new ArrayList<>(List.of(
                unit.name().slot(),
                unit.component(),
                String.valueOf(unit.name().classes().size())));
        unit.ingredients().values().forEach((name, value) -> {
            if (!WITHOUT_COST.contains(name) && !also.contains(name) && !name.startsWith("file ")) {
                parts.add(name + "=" + (isDefense(name) ? value.replaceAll(NUMBER, "#") : value));
            }
        });
        for (Input<?> input : unit.inputs()) {
            parts.add(asInput.getOrDefault(input.name(), ""));
        }
        return Sha256.of(String.join("\n", parts));
    }

    private static boolean isDefense(String name) {
        return name.startsWith("defense") || name.startsWith("filter");
    }
}
