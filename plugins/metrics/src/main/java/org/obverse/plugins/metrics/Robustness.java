package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;

/** Which images stand under which loss at which ε, and what that comes to. */
final class Robustness {
    private static final String UNIT = "fraction";

    private final List<Integer> labels;
    private final boolean[] clean;
    private long steps;
    private final Map<Ball, boolean[]> standing = new LinkedHashMap<>();

    private record Ball(double epsilon, RobustnessLoss loss) {}

    /**
     * @param before of the images, what the model says of them before any change
     */
    Robustness(List<Verdict> before) {
        this.labels = before.stream().map(Verdict::imageClass).toList();
        this.clean = new boolean[before.size()];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = before.get(i).correct();
        }
    }

    /** The places of those that stand so far; before any has fallen, those that stood at the ε before it. */
    int[] standing(double epsilon, RobustnessLoss loss) {
        boolean[] now = within(new Ball(epsilon, loss));
        return IntStream.range(0, now.length).filter(i -> now[i]).toArray();
    }

    /** Says that an image was flipped. */
    void fall(double epsilon, RobustnessLoss loss, int image) {
        within(new Ball(epsilon, loss))[image] = false;
    }

    /** Says that so many gradient steps were taken from an image. */
    void spend(int taken) {
        steps += taken;
    }

    private boolean[] within(Ball ball) {
        boolean[] last = clean;
        for (Map.Entry<Ball, boolean[]> entry : standing.entrySet()) {
            last = entry.getKey().loss() == ball.loss() ? entry.getValue() : last;
        }
        boolean[] before = last;
        return standing.computeIfAbsent(ball, fresh -> before.clone());
    }

    Measurement measurement() {
        List<Double> epsilons =
                standing.keySet().stream().map(Ball::epsilon).distinct().toList();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("accuracy of attacked images", share(i -> clean[i]), Better.HIGHER, UNIT));
        for (double epsilon : epsilons) {
            double both = both(epsilon);
            figures.add(new Figure("robust accuracy" + at(epsilon), both, Better.HIGHER, UNIT));
            for (RobustnessLoss loss : RobustnessLoss.values()) {
                figures.add(
                        new Figure("robust to " + loss.label + at(epsilon), under(epsilon, loss), Better.HIGHER, UNIT));
            }
            figures.add(new Figure(
                    "masked" + at(epsilon), under(epsilon, RobustnessLoss.CROSS_ENTROPY) - both, Better.NEITHER, UNIT));
        }
        figures.add(new Figure(
                "attack steps per image", (double) steps / clean.length, Better.NEITHER, "steps with a gradient"));
        return new Measurement(figures, List.of(table(epsilons)), List.of(), List.of(chart(epsilons)));
    }

    private static String at(double epsilon) {
        String levels = epsilon == Math.rint(epsilon) ? String.valueOf((long) epsilon) : String.valueOf(epsilon);
        return " at " + levels + "/255";
    }

    private double both(double epsilon) {
        return share(i -> stands(epsilon, i));
    }

    private double under(double epsilon, RobustnessLoss loss) {
        return share(i -> stands(epsilon, loss, i));
    }

    private boolean stands(double epsilon, int image) {
        return Arrays.stream(RobustnessLoss.values()).allMatch(loss -> stands(epsilon, loss, image));
    }

    private boolean stands(double epsilon, RobustnessLoss loss, int image) {
        return standing.getOrDefault(new Ball(epsilon, loss), clean)[image];
    }

    private double share(IntPredicate stands) {
        return (double) IntStream.range(0, clean.length).filter(stands).count() / clean.length;
    }

    private Table table(List<Double> epsilons) {
        List<Row> rows = new ArrayList<>();
        for (int label : new TreeSet<>(labels)) {
            int[] own = IntStream.range(0, clean.length)
                    .filter(i -> labels.get(i) == label)
                    .toArray();
            List<Double> values = new ArrayList<>();
            for (double epsilon : epsilons) {
                values.add((double) IntStream.of(own)
                                .filter(i -> stands(epsilon, i))
                                .count()
                        / own.length);
            }
            rows.add(new Row(label, values));
        }
        List<String> columns = epsilons.stream()
                .map(epsilon -> "robust accuracy" + at(epsilon))
                .toList();
        return new Table("robust accuracy", columns, rows);
    }

    private Chart chart(List<Double> epsilons) {
        List<Series> series = new ArrayList<>();
        for (RobustnessLoss loss : RobustnessLoss.values()) {
            series.add(series(loss.label, epsilons, epsilon -> under(epsilon, loss)));
        }
        series.add(series("both", epsilons, this::both));
        return new Chart(
                "robust accuracy",
                "The share of private test images that keep their class under projected gradient ascent, by what it climbs. Cross-entropy far"
                        + " above both means that its gradients are masked.",
                Mark.LINE,
                "ε in 255ths",
                UNIT,
                series);
    }

    private Series series(String name, List<Double> epsilons, ToDoubleFunction<Double> share) {
        List<Double> x = new ArrayList<>(List.of(0.0));
        List<Double> y = new ArrayList<>(List.of(share(i -> clean[i])));
        for (double epsilon : epsilons) {
            x.add(epsilon);
            y.add(share.applyAsDouble(epsilon));
        }
        return Series.of(name, x, y);
    }
}
