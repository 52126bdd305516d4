package org.obverse.engine.drive;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * The units that can be begun, by their index, and their order: cell after cell, each in the study's order, so that results come early
 * and few products are open at once. Before them come the units with which the first unfinished cell and the {@value #AHEAD} behind it
 * begin: a target's long training thus starts before the cells in front of it run out of work for a second worker.
 */
final class ReadyUnits {
    private static final int AHEAD = 2;

    /** The units cell after cell, and in each those first with which it begins; a rank is a place here. */
    private final int[] order;
    /** By unit. */
    private final int[] ranks;
    /** The rank with which a cell begins; behind the last cell, that of no unit. */
    private final int[] begins;
    /** The ranks with which the cells begin. */
    private final BitSet opens;
    /** By rank. */
    private final BitSet settled;
    /** By rank. */
    private final BitSet ready;

    private int first;

    ReadyUnits(RunGraph graph) {
        int[] cells = cells(graph);
        this.order = IntStream.range(0, graph.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(unit -> cells[unit])
                        .thenComparing(unit -> !opens(graph, unit))
                        .thenComparingInt(unit -> unit))
                .mapToInt(unit -> unit)
                .toArray();
        this.ranks = new int[order.length];
        this.begins = new int[Math.max(1, graph.cells().size()) + 1];
        this.opens = new BitSet(order.length);
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
            begins[cells[order[rank]] + 1]++;
            opens.set(rank, opens(graph, order[rank]));
        }
        for (int cell = 1; cell < begins.length; cell++) {
            begins[cell] += begins[cell - 1];
        }
        this.settled = new BitSet(order.length);
        this.ready = new BitSet(order.length);
    }

    /** The first cell that each unit is part of. */
    private static int[] cells(RunGraph graph) {
        int[] cells = new int[graph.size()];
        List<RunView.Cell> all = graph.cells();
        for (int cell = all.size() - 1; cell >= 0; cell--) {
            for (UnitName unit : all.get(cell).units()) {
                cells[graph.index(unit)] = cell;
            }
        }
        return cells;
    }

    /** Whether it reads nothing but what reads nothing, as a training reads data, and others read it. */
    private static boolean opens(RunGraph graph, int index) {
        Unit<?> unit = graph.units().get(index);
        return graph.readers(index).length > 0
                && unit.inputs().stream()
                        .allMatch(input -> input.unit().inputs().isEmpty());
    }

    void add(int unit) {
        ready.set(ranks[unit]);
    }

    /** A unit was begun. */
    void remove(int unit) {
        ready.clear(ranks[unit]);
    }

    /** A unit has its product, or will have none. */
    void settle(int unit) {
        remove(unit);
        settled.set(ranks[unit]);
        while (first < begins.length - 2 && settled.nextClearBit(begins[first]) >= begins[first + 1]) {
            first++;
        }
    }

    OptionalInt next() {
        for (int cell = first; cell < Math.min(first + AHEAD + 1, begins.length - 1); cell++) {
            int rank = ready.nextSetBit(begins[cell]);
            if (rank >= 0 && rank < begins[cell + 1] && opens.get(rank)) {
                return OptionalInt.of(order[rank]);
            }
        }
        int rank = ready.nextSetBit(begins[first]);
        return rank < 0 ? OptionalInt.empty() : OptionalInt.of(order[rank]);
    }
}
