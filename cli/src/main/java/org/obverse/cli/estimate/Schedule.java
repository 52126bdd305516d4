package org.obverse.cli.estimate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.obverse.api.event.UnitName;
import org.obverse.engine.study.DryRun.PlannedUnit;

/**
 * When the units of a study are done if each of some workers takes the next one whose inputs are there: first those that read
 * nothing but what reads nothing, such as trainings, else in the study's order.
 *
 * @param units each behind its inputs
 */
record Schedule(List<PlannedUnit> units, int workers) {
    /** Seconds until the last one is done. */
    double length(ToDoubleFunction<UnitName> seconds) {
        Map<UnitName, Double> ends = new HashMap<>();
        Set<UnitName> opening = opening();
        Set<PlannedUnit> left = new HashSet<>(units);
        double now = 0;
        while (!left.isEmpty()) {
            double here = now;
            long busy = ends.values().stream().filter(end -> end > here).count();
            Optional<PlannedUnit> next = busy < workers ? next(left, opening, ends, now) : Optional.empty();
            if (next.isPresent()) {
                left.remove(next.get());
                ends.put(
                        next.get().name(),
                        now + seconds.applyAsDouble(next.get().name()));
            } else {
                now = ends.values().stream()
                        .mapToDouble(end -> end)
                        .filter(end -> end > here)
                        .min()
                        .orElseThrow();
            }
        }
        return ends.values().stream().mapToDouble(end -> end).max().orElse(0);
    }

    private Optional<PlannedUnit> next(
            Set<PlannedUnit> left, Set<UnitName> opening, Map<UnitName, Double> ends, double now) {
        Optional<PlannedUnit> first = Optional.empty();
        for (PlannedUnit unit : units) {
            boolean ready = left.contains(unit)
                    && unit.inputs().stream().allMatch(input -> ends.getOrDefault(input, Double.MAX_VALUE) <= now);
            if (ready && opening.contains(unit.name())) {
                return Optional.of(unit);
            }
            if (ready && first.isEmpty()) {
                first = Optional.of(unit);
            }
        }
        return first;
    }

    private Set<UnitName> opening() {
        Set<UnitName> roots = new HashSet<>();
        Set<UnitName> read = new HashSet<>();
        for (PlannedUnit unit : units) {
            read.addAll(unit.inputs());
            if (unit.inputs().isEmpty()) {
                roots.add(unit.name());
            }
        }
        Set<UnitName> opening = new HashSet<>();
        for (PlannedUnit unit : units) {
            if (read.contains(unit.name()) && roots.containsAll(unit.inputs())) {
                opening.add(unit.name());
            }
        }
        return opening;
    }
}
