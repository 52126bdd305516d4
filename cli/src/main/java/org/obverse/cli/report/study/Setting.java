package org.obverse.cli.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.cli.compare.ClassFigure;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.compare.ControlFigures;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * Cells that differ in seeds alone, and their figures per class.
 *
 * @param label empty if it is the study's only one
 * @param figures those that every cell has which has any
 */
public record Setting(String label, List<ReportedCell> cells, Map<Place, Estimated> figures) {
    private static final int DRAWS = 10_000;

    /**
     * A figure of a setting.
     *
     * @param figure its name, direction, unit and subject
     * @param classes means over the seeds, of the classes that have it under each
     * @param beside what controls score, and the attack's share of what they leave, by label
     */
    public record Estimated(
            ClassFigure figure, MeanInterval estimate, Map<Integer, Double> classes, Map<String, Estimate> beside) {}

    /** In the study's order. */
    public static List<Setting> of(ReportedStudy study) {
        Map<List<Coordinate>, List<ReportedCell>> groups = new LinkedHashMap<>();
        study.cells()
                .forEach(cell -> groups.computeIfAbsent(cell.cell().setting(), key -> new ArrayList<>())
                        .add(cell));
        Bootstrap bootstrap = new Bootstrap(DRAWS);
        List<Setting> settings = new ArrayList<>();
        groups.forEach((at, cells) -> settings.add(
                new Setting(groups.size() == 1 ? "" : ReportedCell.label(at), cells, figures(cells, bootstrap))));
        return settings;
    }

    /** The figures of which some setting has an interval. */
    public static Set<Place> withIntervals(List<Setting> settings) {
        Set<Place> places = new LinkedHashSet<>();
        for (Setting setting : settings) {
            setting.figures().forEach((place, estimated) -> {
                if (estimated.estimate().hasInterval()) {
                    places.add(place);
                }
            });
        }
        return places;
    }

    private static Map<Place, Estimated> figures(List<ReportedCell> cells, Bootstrap bootstrap) {
        List<Map<Place, ClassFigure>> found = cells.stream()
                .map(cell -> ClassFigure.of(cell.run()))
                .filter(figures -> !figures.isEmpty())
                .toList();
        Set<Place> places = new LinkedHashSet<>();
        found.forEach(figures -> places.addAll(figures.keySet()));
        found.forEach(figures -> places.retainAll(figures.keySet()));
        ControlFigures controls =
                ControlFigures.of(cells.stream().map(ReportedCell::run).toList());
        Map<Place, Estimated> estimated = new LinkedHashMap<>();
        for (Place place : places) {
            List<ClassFigure> seeds = found.stream()
                    .flatMap(figures -> figures.entrySet().stream())
                    .filter(entry -> entry.getKey().equals(place))
                    .map(Map.Entry::getValue)
                    .toList();
            List<Integer> classes = ClassFigure.classes(seeds).stream()
                    .filter(label -> seeds.stream().allMatch(figure -> figure.has(label)))
                    .toList();
            if (!classes.isEmpty()) {
                estimated.put(place, estimated(seeds, classes, controls, bootstrap));
            }
        }
        return estimated;
    }

    private static Estimated estimated(
            List<ClassFigure> seeds, List<Integer> classes, ControlFigures controls, Bootstrap bootstrap) {
        double[][] values = ClassFigure.values(seeds, classes);
        Map<Integer, Double> means = new TreeMap<>();
        for (int c = 0; c < classes.size(); c++) {
            double sum = 0;
            for (double[] seed : values) {
                sum += seed[c];
            }
            means.put(classes.get(c), sum / values.length);
        }
        ClassFigure first = seeds.get(0);
        return new Estimated(
                first,
                MeanInterval.of(values, first.figure().unit(), bootstrap),
                means,
                controls.beside(first, classes, bootstrap));
    }
}
