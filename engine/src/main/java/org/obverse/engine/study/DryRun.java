package org.obverse.engine.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * What a run would do.
 *
 * @param units of the cells that lack no files, each behind its inputs
 * @param missing files that are not there, so that what depends on them was not looked at
 */
public record DryRun(List<PlannedUnit> units, List<Problem> missing) {
    public DryRun {
        units = List.copyOf(units);
        missing = List.copyOf(missing);
    }

    /**
     * A unit of the study.
     *
     * @param inputs the units that it reads
     * @param cells the names of the cells that have it
     * @param stored whether its product is there already
     * @param differing where it is not: the names of the ingredients in which the unit that comes closest to it differs;
     *     empty if there is none of its kind
     */
    public record PlannedUnit(
            UnitName name,
            String component,
            List<UnitName> inputs,
            List<String> cells,
            Presence stored,
            List<String> differing) {}

    /** Whether a product is in the store. */
    public enum Presence {
        STORED,
        ABSENT
    }

    static DryRun of(RunGraph graph, ProductStore store, List<Problem> missing) {
        Map<UnitName, List<String>> cells = new HashMap<>();
        for (RunView.Cell cell : graph.cells()) {
            cell.units()
                    .forEach(unit -> cells.computeIfAbsent(unit, key -> new ArrayList<>())
                            .add(cell.name()));
        }
        Map<String, List<Provenance>> bySlot = new HashMap<>();
        for (String digest : store.artifacts().digests()) {
            store.provenance(digest)
                    .ifPresent(made -> bySlot.computeIfAbsent(slot(made), key -> new ArrayList<>())
                            .add(made));
        }
        List<PlannedUnit> units = new ArrayList<>();
        for (Unit<?> unit : graph.units()) {
            if (!cells.containsKey(unit.name())) {
                continue;
            }
            boolean stored = store.find(graph.digest(unit.name())).isPresent();
            units.add(new PlannedUnit(
                    unit.name(),
                    unit.component(),
                    RunGraph.inputs(unit),
                    cells.get(unit.name()),
                    stored ? Presence.STORED : Presence.ABSENT,
                    stored ? List.of() : differing(unit, graph, bySlot)));
        }
        return new DryRun(units, missing);
    }

    private static String slot(Provenance made) {
        return made.ingredients().values().getOrDefault("slot", "");
    }

    private static List<String> differing(Unit<?> unit, RunGraph graph, Map<String, List<Provenance>> bySlot) {
        List<String> inputs =
                unit.inputs().stream().map(input -> graph.digest(input.name())).toList();
        Optional<List<String>> closest =
                bySlot.getOrDefault(unit.ingredients().values().getOrDefault("slot", ""), List.of()).stream()
                        .map(made -> differences(unit, inputs, made))
                        .min((one, other) -> Integer.compare(one.size(), other.size()));
        return closest.orElse(List.of());
    }

    private static List<String> differences(Unit<?> unit, List<String> inputs, Provenance made) {
        List<String> names = new ArrayList<>(unit.ingredients().differences(made.ingredients()));
        for (int i = 0; i < inputs.size(); i++) {
            if (i >= made.inputs().size() || !made.inputs().get(i).equals(inputs.get(i))) {
                names.add("input " + unit.inputs().get(i).name());
            }
        }
        return names;
    }
}
