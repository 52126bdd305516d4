package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;

/**
 * Which products somebody may still read: a product is opened for those who read it, and for those who read what was made of it. Counted,
 * because thousands of units may read one product.
 */
final class Demand {
    private final RunGraph graph;
    /** How many readers of a product are not settled, or are in demand themselves; without products whose demand ended. */
    private final Map<UnitName, Integer> readers = new HashMap<>();

    private final Set<UnitName> settled = new HashSet<>();
    private List<UnitName> ended = new ArrayList<>();

    Demand(RunGraph graph) {
        this.graph = graph;
        graph.units()
                .forEach(unit ->
                        readers.put(unit.name(), graph.readers(unit.name()).size()));
    }

    /** A unit has its product, or will have none. */
    void settle(UnitName unit) {
        if (readers.containsKey(unit) && settled.add(unit)) {
            endUnread(unit);
        }
    }

    private void endUnread(UnitName unit) {
        if (settled.contains(unit) && readers.getOrDefault(unit, 0) == 0) {
            ended.add(unit);
            readers.remove(unit);
            settled.remove(unit);
            for (UnitName input : RunGraph.inputs(graph.unit(unit))) {
                readers.merge(input, -1, Integer::sum);
                endUnread(input);
            }
        }
    }

    /** The products whose demand ended since this was last asked. */
    List<UnitName> ended() {
        List<UnitName> all = ended;
        ended = new ArrayList<>();
        return all;
    }
}
