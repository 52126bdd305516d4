package org.obverse.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;

/** The units of a study, each behind its inputs, every one once; its cells are views of them. */
public final class RunGraph {
    private final List<Unit<?>> units;
    private final Map<UnitName, Integer> indices;
    private final Digests digests;
    private final int[][] readers;
    private final List<RunView.Cell> cells;

    private RunGraph(Builder builder) {
        this.units = List.copyOf(builder.units.values());
        this.digests = new Digests(size());
        this.cells = List.copyOf(builder.cells);
        Map<UnitName, Integer> places = new HashMap<>();
        for (Unit<?> unit : units) {
            digests.put(places.size(), builder.digests.getOrDefault(unit.name(), ""));
            places.put(unit.name(), places.size());
        }
        this.indices = Map.copyOf(places);
        this.readers = readers();
    }

    private int[][] readers() {
        List<IntStream.Builder> found =
                units.stream().map(unit -> IntStream.builder()).toList();
        for (int reader = 0; reader < size(); reader++) {
            for (int input : inputs(reader)) {
                found.get(input).add(reader);
            }
        }
        return found.stream().map(all -> all.build().toArray()).toArray(int[][]::new);
    }

    /** Each behind its inputs. */
    public List<Unit<?>> units() {
        return units;
    }

    /** How many units there are. */
    public int size() {
        return units.size();
    }

    /** The fact that these units are planned. */
    public RunFact.Planned planned() {
        return new RunFact.Planned(units.stream()
                .map(unit -> new RunFact.PlannedUnit(unit.name(), unit.component(), inputs(unit)))
                .toList());
    }

    /** In the study's order. */
    public List<RunView.Cell> cells() {
        return cells;
    }

    /**
     * Where a unit stands among {@link #units}, from 0.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int index(UnitName name) {
        Integer index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException("the study has no unit " + name);
        }
        return index;
    }

    public boolean contains(UnitName name) {
        return indices.containsKey(name);
    }

    /**
     * @throws IllegalArgumentException if there is none of this name
     */
    public Unit<?> unit(UnitName name) {
        return units.get(index(name));
    }

    /** The names of the units whose products a unit reads, each once. */
    public static List<UnitName> inputs(Unit<?> unit) {
        return unit.inputs().stream().map(Input::name).distinct().toList();
    }

    /** The indices of the units whose products the unit of an index reads, each once. */
    public int[] inputs(int index) {
        return inputs(units.get(index)).stream().mapToInt(this::index).toArray();
    }

    /** The indices of the units that read the product of the unit of an index directly; not to be changed. */
    public int[] readers(int index) {
        return readers[index];
    }

    /** The identity that a unit's product has if those of all its inputs have theirs. */
    public String digest(UnitName name) {
        return contains(name) ? digests.get(index(name)).orElse("") : "";
    }

    /**
     * The identity that a unit's product has in a run.
     *
     * @param actual of its inputs
     */
    public static String digest(Unit<?> unit, Ingredients ingredients, Function<UnitName, String> actual) {
        return ingredients.digest(
                unit.inputs().stream().map(Input::name).map(actual).toList());
    }

    /** Grows a graph from its roots. */
    public static final class Builder {
        private final Map<UnitName, Unit<?>> units = new LinkedHashMap<>();
        private final Map<String, Unit<?>> byDigest = new HashMap<>();
        private final Map<UnitName, String> digests = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private final List<RunView.Cell> cells = new ArrayList<>();

        /** The name of the next unit of a slot, unless it turns out to be there already. */
        public UnitName name(String slot, List<Integer> classes) {
            return new UnitName(slot, counts.getOrDefault(slot, 0), classes);
        }

        /**
         * Adds a unit whose inputs were added before.
         *
         * @return a reference to it, or to the unit of equal ingredients and inputs that is there already
         */
        @SuppressWarnings("unchecked")
        public <P> Input<P> add(Unit<P> unit) {
            for (Input<?> input : unit.inputs()) {
                if (units.get(input.name()) != input.unit()) {
                    throw new IllegalArgumentException(unit.name() + " stands before its input " + input.name());
                }
            }
            String digest = digest(unit, unit.ingredients(), name -> digests.getOrDefault(name, ""));
            Unit<?> known = byDigest.putIfAbsent(digest, unit);
            if (known != null) {
                return new Input<>((Unit<P>) known);
            }
            if (units.putIfAbsent(unit.name(), unit) != null) {
                throw new IllegalArgumentException("two units are called " + unit.name());
            }
            digests.put(unit.name(), digest);
            counts.merge(unit.name().slot(), 1, Integer::sum);
            return new Input<>(unit);
        }

        /** Adds a view of units that were added before. */
        public void cell(RunView.Cell cell) {
            cells.add(cell);
        }

        public RunGraph build() {
            return new RunGraph(this);
        }
    }
}
