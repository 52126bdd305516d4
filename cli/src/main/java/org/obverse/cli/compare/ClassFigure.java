package org.obverse.cli.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Subject;

/**
 * A column of a table per class.
 *
 * @param place where it stands: metric, table and column
 * @param figure its name, direction and unit are those of the metric's figure that says the same of all classes together, if there
 *     is one; its value is not looked at
 * @param values by class; NaN where one is undefined
 */
public record ClassFigure(Place place, Subject subject, Figure figure, Map<Integer, Double> values) {
    /** Columns are the same if they stand in the same place. */
    public record Place(String metric, String table, String column) {}

    /** Every column of every table that a cell left, in their order. */
    public static Map<Place, ClassFigure> of(RunRecord run) {
        MetricTargets targets = MetricTargets.of(run.plan());
        Map<Place, ClassFigure> all = of(run.scores());
        all.replaceAll((place, figure) -> figure.with(targets.suffix(place.metric())));
        return all;
    }

    private ClassFigure with(String suffix) {
        return new ClassFigure(
                place,
                subject,
                new Figure(figure.name() + suffix, figure.value(), figure.better(), figure.unit()),
                values);
    }

    /** Every column of every table that metrics gave, in their order. */
    static Map<Place, ClassFigure> of(List<Score> scores) {
        Map<Place, ClassFigure> all = new LinkedHashMap<>();
        for (Score score : scores) {
            if (score instanceof Measured measured) {
                measured.tables().forEach(table -> {
                    for (int i = 0; i < table.columns().size(); i++) {
                        Place place = new Place(
                                score.metric(), table.name(), table.columns().get(i));
                        all.put(
                                place,
                                new ClassFigure(
                                        place, measured.subject(), figure(table, place, measured), values(table, i)));
                    }
                });
            }
        }
        return all;
    }

    /** Rows of one class are averaged. */
    private static Map<Integer, Double> values(Table table, int column) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.targetClass(),
                        TreeMap::new,
                        Collectors.averagingDouble(row -> row.values().get(column))));
    }

    private static Figure figure(Table table, Place place, Measured measured) {
        Optional<Figure> known = table.columns().size() == 1 ? named(table.name(), measured) : Optional.empty();
        return known.or(() -> meant(place, measured))
                .orElseGet(() -> new Figure(place.table() + ": " + place.column(), 0, Better.NEITHER, ""));
    }

    private static Optional<Figure> named(String name, Measured measured) {
        return measured.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst();
    }

    /**
     * Table and figure begin with the same words and end with the same judge: {@code sampled Acc@1(judge)} is the column {@code
     * Acc@1} of {@code sampled attack accuracy(judge)}.
     */
    private static Optional<Figure> meant(Place place, Measured measured) {
        String judge = judge(place.table());
        return measured.figures().stream()
                .filter(figure -> figure.name().endsWith(place.column() + judge))
                .filter(figure -> place.table()
                        .startsWith(figure.name()
                                .substring(
                                        0,
                                        figure.name().length()
                                                - judge.length()
                                                - place.column().length())))
                .max(Comparator.comparingInt(figure -> figure.name().length()));
    }

    /** With its brackets; empty if none is named. */
    private static String judge(String name) {
        int open = name.lastIndexOf('(');
        return name.endsWith(")") && open > 0 ? name.substring(open) : "";
    }

    /** Of some classes, in their order; NaN where it is undefined. */
    double[] of(Collection<Integer> classes) {
        return classes.stream()
                .mapToDouble(label -> values.getOrDefault(label, Double.NaN))
                .toArray();
    }

    /** {@code [figures][classes]}. */
    public static double[][] values(List<ClassFigure> figures, Collection<Integer> classes) {
        return figures.stream().map(figure -> figure.of(classes)).toArray(double[][]::new);
    }

    /** Whether it is defined for a class. */
    public boolean has(int label) {
        return Double.isFinite(values.getOrDefault(label, Double.NaN));
    }

    /** Those that any of some tables has a row of. */
    public static List<Integer> classes(List<ClassFigure> figures) {
        return figures.stream()
                .flatMap(figure -> figure.values().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
