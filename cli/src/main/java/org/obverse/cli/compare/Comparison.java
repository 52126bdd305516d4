package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.compare.CellPair.Starts;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Holm;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * Cells held against a baseline, class by class.
 *
 * @param draws of the bootstrap
 * @param others at least one
 */
public record Comparison(Side baseline, int draws, List<Versus> others) {
    private static final int FEWEST_DRAWS = 10_000;
    private static final int MOST_DRAWS = 100_000;
    /** Keeps the smallest p value that the draws can tell below 0.005 after the correction for this many figures. */
    private static final int DRAWS_PER_FIGURE = 400;

    public Comparison {
        others = List.copyOf(others);
    }

    /**
     * Compares every setting with the first one. Cells of one run that differ in seeds alone are one setting.
     *
     * @param cells the baseline first
     * @throws InvalidConfigurationException with everything that keeps some of them from being compared
     */
    public static Comparison of(List<ComparedCell> cells) {
        return of(cells, place -> true);
    }

    /**
     * The same of some figures, of which it takes at least one: fewer cost less in the correction for many.
     *
     * @param wanted by the place of its column
     */
    public static Comparison of(List<ComparedCell> cells, Predicate<Place> wanted) {
        List<Side> sides = Side.of(cells);
        if (sides.size() < 2) {
            throw new InvalidConfigurationException(new Problem(
                    "compare",
                    sides.isEmpty()
                            ? "there is no cell to compare"
                            : "there is one setting only, '" + sides.get(0).name()
                                    + "', and nothing to compare it with",
                    "name two runs, two cells (RUN/CELL), or a run whose cells differ in more than seeds"));
        }
        Side.requireMeasured(sides);
        Side baseline = sides.get(0);
        List<Side> rest = sides.subList(1, sides.size());
        requireComparable(baseline, rest);
        List<Matching> matchings =
                rest.stream().map(side -> new Matching(baseline, side, wanted)).toList();
        int figures = figures(matchings);
        int draws = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, DRAWS_PER_FIGURE * figures));
        Bootstrap bootstrap = new Bootstrap(draws);
        return new Comparison(
                baseline,
                draws,
                corrected(matchings.stream()
                        .map(matching -> matching.compare(bootstrap))
                        .toList()));
    }

    /**
     * What belongs into one comparison each: of an ablation, a baseline and its swaps per combination of the other axes but seeds; else all
     * cells that were measured on the same data. Groups with nothing to compare are left out.
     */
    public static List<List<ComparedCell>> groups(List<ComparedCell> cells) {
        boolean isAblation = cells.stream()
                .flatMap(cell -> cell.cell().coordinates().stream())
                .anyMatch(Coordinate::isSwap);
        Map<Object, List<ComparedCell>> groups = new LinkedHashMap<>();
        cells.stream()
                .sorted(Comparator.comparing(cell -> isAblation && !cell.cell().isBaseline()))
                .forEach(cell -> groups.computeIfAbsent(
                                isAblation ? around(cell.cell()) : CellPair.privateFacts(cell),
                                key -> new ArrayList<>())
                        .add(cell));
        return groups.values().stream()
                .filter(group -> Side.of(group).size() > 1)
                .filter(group -> !isAblation || group.get(0).cell().isBaseline())
                .toList();
    }

    private static List<Coordinate> around(Cell cell) {
        return cell.setting().stream().filter(at -> !at.isSwap()).toList();
    }

    private static void requireComparable(Side baseline, List<Side> rest) {
        Set<Problem> problems = new LinkedHashSet<>();
        rest.forEach(side -> baseline.pairs(side).forEach(pair -> problems.addAll(pair.problems())));
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(List.copyOf(problems));
        }
    }

    private static int figures(List<Matching> matchings) {
        List<Problem> problems = new ArrayList<>();
        int figures = 0;
        for (Matching matching : matchings) {
            try {
                figures += matching.size();
            } catch (InvalidConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return figures;
    }

    private static List<Versus> corrected(List<Versus> found) {
        double[] corrected = Holm.adjusted(found.stream()
                .flatMap(versus -> versus.figures().stream())
                .mapToDouble(figure -> figure.finding().p())
                .toArray());
        List<Versus> others = new ArrayList<>();
        int next = 0;
        for (Versus versus : found) {
            List<ComparedFigure> figures = new ArrayList<>();
            for (ComparedFigure figure : versus.figures()) {
                figures.add(figure.withCorrected(corrected[next++]));
            }
            others.add(new Versus(versus.other(), versus.starts(), figures, versus.notes()));
        }
        return others;
    }

    /**
     * One side held against the baseline.
     *
     * @param figures at least one
     * @param notes what a reader must know to understand them, as sentences
     */
    public record Versus(Side other, Starts starts, List<ComparedFigure> figures, List<String> notes) {
        public Versus {
            figures = List.copyOf(figures);
            notes = List.copyOf(notes);
        }
    }

    /** How many figures were compared, over all sides. */
    public int figures() {
        return others.stream().mapToInt(versus -> versus.figures().size()).sum();
    }

    /** For people: a table for each side, and what can be concluded of it, in lines with their breaks. */
    public String text() {
        return new ComparisonPage(this).text();
    }

    /** For machines: JSON with all digits. */
    public String json() {
        return ComparisonJson.of(this);
    }
}
