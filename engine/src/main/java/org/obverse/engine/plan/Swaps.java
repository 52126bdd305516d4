package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.StudyTree.Variant;

/**
 * The changes of an ablation: each makes one cell beside the baseline, which differs from it in that change alone.
 *
 * @param overrides such as {@code attack.stages.optimize.target=negative} or {@code ~attack.stages.select}
 */
record Swaps(List<String> overrides) {
    static final String KEY = "swaps";
    static final String PATH = StudyTree.STUDY + "." + KEY;

    private static final String LABEL = "swap";
    static final String BASELINE = "baseline";
    private static final String STAGES = "attack.stages.";

    Swaps {
        overrides = List.copyOf(overrides);
    }

    /** Without those in which a problem was found. */
    static Swaps read(Mapping whole, List<Axis> axes, Set<Problem> problems) {
        Optional<Node> node = whole.at(PATH);
        if (node.isEmpty()) {
            return new Swaps(List.of());
        }
        List<Node> items = node.get() instanceof Sequence sequence ? sequence.items() : List.of();
        if (items.isEmpty()) {
            problems.add(new Problem(
                    PATH,
                    node.get().line(),
                    "expected a list of swaps, found " + node.get().found(),
                    "write [ dotted.key=value, … ] with at least one"));
        }
        Set<String> found = new LinkedHashSet<>();
        for (Node item : items) {
            if (!(item instanceof Scalar scalar) || !(scalar.value() instanceof String swap)) {
                problems.add(new Problem(
                        PATH,
                        item.line(),
                        "a swap is written as an override is, found " + item.found(),
                        "write dotted.key=value, or ~dotted.key to drop a key or a stage"));
            } else if (axes.stream().anyMatch(axis -> axis.path().toString().equals(key(swap)))) {
                problems.add(new Problem(
                        PATH,
                        item.line(),
                        "the study varies " + key(swap) + " along an axis",
                        "add the value to the axis, or drop the axis"));
            } else if (!found.add(swap)) {
                problems.add(new Problem(PATH, item.line(), swap + " is given twice", "list each swap once"));
            }
        }
        return new Swaps(List.copyOf(found));
    }

    private static String key(String swap) {
        return swap.split("=", 2)[0].strip();
    }

    /** Each baseline, followed by what every swap makes of it; the baselines as they are if there is no swap. */
    List<Variant> around(List<Variant> baselines, Set<Problem> problems) {
        if (overrides.isEmpty()) {
            return baselines;
        }
        List<Coordinate> coordinates = coordinates();
        List<Variant> variants = new ArrayList<>();
        for (Variant baseline : baselines) {
            variants.add(baseline.at(new Coordinate(PATH, LABEL, BASELINE), baseline.tree()));
            for (int i = 0; i < overrides.size(); i++) {
                Overrides swap = Overrides.ofSwap();
                Mapping tree = swap.apply(List.of(overrides.get(i)), baseline.tree());
                problems.addAll(swap.problems());
                variants.add(baseline.at(coordinates.get(i), tree));
            }
        }
        return variants;
    }

    /** A swap to what the baseline has anyway would be read as one that makes no difference. */
    static List<Problem> idle(List<Cell> cells) {
        Map<List<Coordinate>, Mapping> baselines = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Cell cell : cells) {
            List<Coordinate> around = new ArrayList<>(cell.coordinates());
            around.removeIf(Coordinate::isSwap);
            if (around.size() < cell.coordinates().size()) {
                Mapping plan = PlanWriter.tree(cell.plan()).without(Set.of("name"));
                Optional<Mapping> baseline = Optional.ofNullable(baselines.putIfAbsent(around, plan));
                if (baseline.filter(plan::equals).isPresent()) {
                    problems.add(new Problem(
                            PATH,
                            "the cell " + cell.name() + " is its baseline: the swap changes nothing",
                            "swap to another value, or drop the swap"));
                }
            }
        }
        return problems;
    }

    private List<Coordinate> coordinates() {
        Map<String, Integer> alike = new HashMap<>(Map.of(BASELINE, 1));
        List<Coordinate> coordinates = new ArrayList<>();
        for (String swap : overrides) {
            String text = text(swap);
            int number = alike.merge(Axis.inName(text), 1, Integer::sum);
            coordinates.add(new Coordinate(PATH, LABEL, number == 1 ? text : text + "#" + number));
        }
        return coordinates;
    }

    /** Without what every stage's key begins with; a component is named by its place alone. */
    private static String text(String swap) {
        String text = swap.replaceFirst("^(~?)" + STAGES.replace(".", "\\."), "$1")
                .replaceFirst("\\." + Binder.USE + "\\s*=", "=");
        return text.startsWith("~") ? "without " + text.substring(1) : text;
    }
}
