package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.record.RunRecord;

/**
 * One setting of one run: cells that differ in seeds alone.
 *
 * @param cells at least one
 */
public record Side(List<ComparedCell> cells) {
    public Side {
        cells = List.copyOf(cells);
    }

    /** In the order in which settings are met. */
    static List<Side> of(List<ComparedCell> cells) {
        Map<Setting, List<ComparedCell>> sides = new LinkedHashMap<>();
        cells.forEach(cell -> sides.computeIfAbsent(
                        new Setting(cell.run(), cell.cell().setting()), key -> new ArrayList<>())
                .add(cell));
        return sides.values().stream().map(Side::new).toList();
    }

    private record Setting(String run, List<Coordinate> at) {}

    /** Such as {@code demo/alpha=0}: the cell's own name if there is one alone, else without the seeds. */
    public String name() {
        ComparedCell first = cells.get(0);
        List<Coordinate> setting = first.cell().setting();
        if (cells.size() == 1 || setting.isEmpty()) {
            return cells.size() == 1 ? first.name() : first.run();
        }
        return first.run() + "/"
                + setting.stream().map(at -> at.label() + "=" + at.value()).collect(Collectors.joining(","));
    }

    /** What is against its figures and is accepted by its plan, each once, as sentences without a full stop. */
    public List<String> accepted() {
        return cells.stream()
                .flatMap(cell -> cell.record().accepted().stream())
                .distinct()
                .map(reason -> "Accepted by the plan of '" + name() + "': " + reason)
                .toList();
    }

    List<RunRecord> records() {
        return cells.stream().map(ComparedCell::record).toList();
    }

    public int seeds() {
        return cells.size();
    }

    /** Whether each cell has a partner of the same seeds on the other side. */
    boolean hasSeedsOf(Side other) {
        return seeds(this).equals(seeds(other));
    }

    private static Set<List<Coordinate>> seeds(Side side) {
        Set<List<Coordinate>> seeds = new LinkedHashSet<>();
        side.cells.forEach(cell -> seeds.add(cell.cell().seeds()));
        return seeds;
    }

    /** The same in the order of the other's seeds, which are the same ones. */
    Side alongside(Side other) {
        List<List<Coordinate>> order =
                other.cells.stream().map(cell -> cell.cell().seeds()).toList();
        return new Side(cells.stream()
                .sorted(Comparator.comparingInt(
                        cell -> order.indexOf(cell.cell().seeds())))
                .toList());
    }

    /** Pairs that must agree: those of one seed, or each with each. */
    List<CellPair> pairs(Side other) {
        List<CellPair> pairs = new ArrayList<>();
        boolean alike = hasSeedsOf(other);
        for (ComparedCell here : cells) {
            for (ComparedCell there : other.cells) {
                if (!alike || here.cell().seeds().equals(there.cell().seeds())) {
                    pairs.add(new CellPair(here, there));
                }
            }
        }
        return pairs;
    }

    /**
     * @throws InvalidConfigurationException if a cell's metrics are not all finished
     */
    static void requireMeasured(List<Side> sides) {
        List<Problem> problems = sides.stream()
                .flatMap(side -> side.cells.stream())
                .filter(cell -> !cell.isMeasured())
                .map(Side::unmeasured)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static Problem unmeasured(ComparedCell cell) {
        int planned = cell.units(ComparedCell.METRIC).size();
        String resume = "obverse resume " + cell.run() + " (what is finished is kept)";
        if (cell.record().units().isEmpty()) {
            return new Problem(cell.name(), "nothing is recorded of it under this name", "begin it: " + resume);
        }
        if (planned == 0) {
            return new Problem(
                    cell.name(),
                    "its plan has no metrics, so there is nothing to compare",
                    "add metrics to the plan, and run it under another name (what is finished is kept)");
        }
        return new Problem(
                cell.name(),
                cell.artifacts(ComparedCell.METRIC).size() + " of its " + planned + " metrics are finished",
                "finish it: " + resume);
    }
}
