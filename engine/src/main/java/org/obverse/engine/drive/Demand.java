package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;

/**
 * Which products somebody may still read: a product is opened for those who read it, and for those who read what was made of it. Counted,
 * because thousands of units may read one product.
 */
final class Demand {
    private final RunGraph graph;
    /** How many readers of a product are not settled, or are in demand themselves; by index. */
    private final int[] readers;

    private final BitSet settled;
    private List<UnitName> ended = new ArrayList<>();

    Demand(RunGraph graph) {
        this.graph = graph;
        this.readers = new int[graph.size()];
        this.settled = new BitSet(graph.size());
        for (int unit = 0; unit < readers.length; unit++) {
            readers[unit] = graph.readers(unit).length;
        }
    }

    /** A unit has its product, or will have none. */
    void settle(int unit) {
        if (!settled.get(unit)) {
            settled.set(unit);
            endUnread(unit);
        }
    }

    private void endUnread(int unit) {
        if (settled.get(unit) && readers[unit] == 0) {
            ended.add(graph.units().get(unit).name());
            for (int input : graph.inputs(unit)) {
                readers[input]--;
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
