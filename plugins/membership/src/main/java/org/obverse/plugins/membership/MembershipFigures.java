package org.obverse.plugins.membership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MembershipEvidence;
import org.obverse.api.metric.MembershipEvidence.Attacked;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/**
 * How well membership attacks tell members from others: AUC, the advantage over all thresholds and, of an attack that decides, at its own
 * threshold with its balanced accuracy (Yeom et al. 2018; Carlini et al. 2022, section IV).
 */
final class MembershipFigures implements MembershipMetric {
    private static final String SHARE = "fraction";
    private static final double TAIL = 0.025;
    /** Places of the curve, evenly apart on a logarithmic axis. */
    private static final int PLACES = 40;

    private final Configuration configuration;

    /** How the curve's bands are found. */
    public record Configuration(
            @Meaning(
                    "how often members and others are drawn again, with replacement, for the 95 % bands of the curves and the ranges of the AUC; 0 draws none")
            int resamples)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(200);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(0, "resamples", resamples).list();
        }
    }

    MembershipFigures(Configuration configuration, Resources resources) {
        this.configuration = configuration;
    }

    @Override
    public Measurement measure(MembershipEvidence evidence) {
        List<Figure> figures = new ArrayList<>();
        List<Series> curves = new ArrayList<>();
        for (Attacked attack : evidence.attacks()) {
            evidence.checkpoint();
            figures.addAll(figures(attack));
            curves.add(curve(attack, evidence));
        }
        return new Measurement(
                figures,
                List.of(new Table("membership", columns(evidence), rows(evidence))),
                List.of(),
                List.of(new Chart(
                        "membership",
                        "True over false positive rates of every threshold, both as logarithms to the base of 10; 95 % bands, and ranges of the AUC, of members and others"
                                + " that were drawn again.",
                        Mark.LINE,
                        "false positive rate, log10",
                        "true positive rate, log10",
                        curves)));
    }

    static double[] array(List<Double> scores) {
        return scores.stream().mapToDouble(score -> score).toArray();
    }

    private static List<Figure> figures(Attacked attack) {
        Separation separation = new Separation(array(attack.members()), array(attack.others()));
        String of = "(" + attack.attack() + ")";
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("AUC" + of, separation.auc(), Better.HIGHER, SHARE),
                new Figure("best advantage" + of, separation.advantage(), Better.HIGHER, SHARE)));
        attack.threshold().ifPresent(threshold -> {
            figures.add(new Figure("advantage" + of, separation.advantage(threshold), Better.HIGHER, SHARE));
            figures.add(
                    new Figure("balanced accuracy" + of, separation.balancedAccuracy(threshold), Better.HIGHER, SHARE));
        });
        figures.add(new Figure("tied" + of, separation.ties(), Better.NEITHER, SHARE));
        return figures;
    }

    private static List<String> columns(MembershipEvidence evidence) {
        List<String> columns = new ArrayList<>();
        for (Attacked attack : evidence.attacks()) {
            columns.add("AUC(" + attack.attack() + ")");
            attack.threshold().ifPresent(threshold -> columns.add("advantage(" + attack.attack() + ")"));
        }
        return columns;
    }

    private static List<Row> rows(MembershipEvidence evidence) {
        TreeSet<Integer> classes = new TreeSet<>(evidence.memberClasses());
        classes.addAll(evidence.otherClasses());
        return classes.stream()
                .map(label -> new Row(label, values(label, evidence)))
                .toList();
    }

    /**
     * Of one class: how often its members score above any other sample, so that the mean over all members is the AUC; and the advantage
     * among its own members and others, NaN where it has only one of both.
     */
    private static List<Double> values(int label, MembershipEvidence evidence) {
        List<Double> values = new ArrayList<>();
        for (Attacked attack : evidence.attacks()) {
            double[] members = of(label, attack.members(), evidence.memberClasses());
            double[] others = of(label, attack.others(), evidence.otherClasses());
            values.add(members.length == 0 ? Double.NaN : new Separation(members, array(attack.others())).auc());
            attack.threshold()
                    .ifPresent(threshold -> values.add(
                            members.length == 0 || others.length == 0
                                    ? Double.NaN
                                    : new Separation(members, others).advantage(threshold)));
        }
        return values;
    }

    private static double[] of(int label, List<Double> scores, List<Integer> classes) {
        return IntStream.range(0, scores.size())
                .filter(i -> classes.get(i) == label)
                .mapToDouble(scores::get)
                .toArray();
    }

    /** From the lowest rate that the others can show to 1; a true positive rate of 0 has no place on the axis. */
    private Series curve(Attacked attack, MembershipEvidence evidence) {
        double[] members = array(attack.members());
        double[] others = array(attack.others());
        double[] limits = IntStream.range(0, PLACES)
                .mapToDouble(i -> Math.pow(others.length, i / (PLACES - 1.0) - 1))
                .toArray();
        double[] rates = rates(new Separation(members, others), limits);
        double[][] drawn = new double[configuration.resamples()][];
        double[] areas = new double[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            evidence.checkpoint();
            RandomStream random = evidence.random().child(attack.attack()).child("resample", i);
            Separation again =
                    new Separation(again(members, random.child("members")), again(others, random.child("others")));
            drawn[i] = rates(again, limits);
            areas[i] = again.auc();
        }
        Arrays.sort(areas);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        double least = 1.0 / members.length;
        for (int i = 0; i < PLACES; i++) {
            if (rates[i] > 0) {
                x.add(Math.log10(limits[i]));
                y.add(Math.log10(rates[i]));
                if (drawn.length > 0) {
                    double[] here = at(i, drawn);
                    low.add(Math.log10(Math.max(least, quantile(here, TAIL))));
                    high.add(Math.log10(Math.max(least, quantile(here, 1 - TAIL))));
                }
            }
        }
        return new Series(attack.attack() + interval(areas), x, y, low, high);
    }

    /** Of the AUC, for the legend. */
    private static String interval(double... areas) {
        return areas.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", AUC %.1f to %.1f %%",
                        100 * quantile(areas, TAIL),
                        100 * quantile(areas, 1 - TAIL));
    }

    private static double[] rates(Separation separation, double... limits) {
        return Arrays.stream(limits).map(separation::truePositivesAt).toArray();
    }

    private static double[] again(double[] scores, RandomStream random) {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[random.below(scores.length)])
                .toArray();
    }

    private static double[] at(int place, double[]... drawn) {
        return Arrays.stream(drawn).mapToDouble(rates -> rates[place]).sorted().toArray();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
