package org.obverse.engine.drive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * The units that can be begun, and their order: cell after cell, each in the study's order, so that results come early and few
 * products are open at once. Before them come the units with which the first unfinished cell and the {@value #AHEAD} behind it
 * begin: a target's long training thus starts before the cells in front of it run out of work for a second worker.
 */
final class ReadyUnits {
    private static final int AHEAD = 2;

    /**
     * @param opens whether it reads nothing but what reads nothing, as a training reads data, and others read it
     * @param cell the first that the unit is part of
     * @param place in the study's order
     */
    private record Rank(Unit<?> unit, boolean opens, int cell, int place) {
        private static final Comparator<Rank> ORDER = Comparator.comparing(Rank::opens)
                .reversed()
                .thenComparingInt(Rank::cell)
                .thenComparingInt(Rank::place);
    }

    private final Map<UnitName, Rank> ranks = new HashMap<>();
    private final List<Integer> unsettled = new ArrayList<>();
    private final Set<UnitName> settled = new HashSet<>();
    private final TreeMap<Integer, TreeSet<Rank>> ready = new TreeMap<>();
    private int first;

    ReadyUnits(RunGraph graph) {
        Map<UnitName, Integer> cells = new HashMap<>();
        for (int cell = 0; cell < graph.cells().size(); cell++) {
            for (UnitName unit : graph.cells().get(cell).units()) {
                cells.putIfAbsent(unit, cell);
            }
            unsettled.add(0);
        }
        if (unsettled.isEmpty()) {
            unsettled.add(0);
        }
        int place = 0;
        for (Unit<?> unit : graph.units()) {
            int cell = cells.getOrDefault(unit.name(), 0);
            boolean opens = !graph.readers(unit.name()).isEmpty()
                    && unit.inputs().stream()
                            .allMatch(input -> input.unit().inputs().isEmpty());
            ranks.put(unit.name(), new Rank(unit, opens, cell, place++));
            unsettled.set(cell, unsettled.get(cell) + 1);
        }
    }

    void add(Unit<?> unit) {
        Rank rank = rank(unit.name());
        ready.computeIfAbsent(rank.cell(), cell -> new TreeSet<>(Rank.ORDER)).add(rank);
    }

    /** A unit was begun. */
    void remove(UnitName unit) {
        Rank rank = rank(unit);
        TreeSet<Rank> others = ready.get(rank.cell());
        if (others != null && others.remove(rank) && others.isEmpty()) {
            ready.remove(rank.cell());
        }
    }

    /** A unit has its product, or will have none. */
    void settle(UnitName unit) {
        remove(unit);
        if (settled.add(unit)) {
            int cell = rank(unit).cell();
            unsettled.set(cell, unsettled.get(cell) - 1);
            while (first < unsettled.size() - 1 && unsettled.get(first) == 0) {
                first++;
            }
        }
    }

    Optional<Unit<?>> next() {
        return ready.headMap(first + AHEAD, true).values().stream()
                .map(TreeSet::first)
                .min(Rank.ORDER)
                .or(() -> Optional.ofNullable(ready.firstEntry())
                        .map(cell -> cell.getValue().first()))
                .map(Rank::unit);
    }

    private Rank rank(UnitName unit) {
        Rank rank = ranks.get(unit);
        if (rank == null) {
            throw new IllegalArgumentException("the study has no unit " + unit);
        }
        return rank;
    }
}
