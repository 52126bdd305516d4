package org.obverse.engine.plan;

import java.util.List;
import java.util.Set;
import org.obverse.engine.configuration.Node;

/**
 * One run of a study.
 *
 * @param name made of the axes' values, such as {@code alpha=-0.05,loss=poincare}; the plan's name if there are no axes
 * @param coordinates its value on each axis, in the axes' order
 * @param source the keys that the plan was read from, and those that models take over by {@code like}, for the lines of problems
 *     found later
 * @param threats what its attack is to the target that it is after; none if it has no attack
 */
public record Cell(String name, List<Coordinate> coordinates, Plan plan, Node.Mapping source, Set<Threat> threats) {
    public Cell {
        coordinates = List.copyOf(coordinates);
        threats = Set.copyOf(threats);
    }

    /** Where it lies on the axes that are no seeds. Cells of one setting are repetitions of one another. */
    public List<Coordinate> setting() {
        return coordinates.stream().filter(at -> !at.isSeed()).toList();
    }

    /** Whether an ablation holds its swaps against this one. */
    public boolean isBaseline() {
        return coordinates.stream().anyMatch(at -> at.isSwap() && at.value().equals(Swaps.BASELINE));
    }

    /** Where it lies on the axes that are seeds. */
    public List<Coordinate> seeds() {
        return coordinates.stream().filter(Coordinate::isSeed).toList();
    }

    /**
     * A value on an axis.
     *
     * @param axis its dotted path in the plan
     * @param label the shortest end of that path which no other axis shares
     * @param value in the words of the plan
     */
    public record Coordinate(String axis, String label, String value) {
        /** Whether the axis varies a seed: a key under {@code seeds}, or any key called {@code seed}. */
        public boolean isSeed() {
            return axis.startsWith("seeds.") || axis.endsWith(".seed");
        }

        /** Whether the value is what an ablation changes; that of its baseline is no change. */
        public boolean isSwap() {
            return axis.equals(Swaps.PATH);
        }
    }
}
