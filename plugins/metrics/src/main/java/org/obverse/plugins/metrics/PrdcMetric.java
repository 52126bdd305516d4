package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/**
 * Precision, recall, density and coverage of the reconstructions of each class against its training images, on the
 * penultimate activations of an evaluation model, as means over the classes.
 *
 * <p>A class with at most k real or at most k reconstructed images has none of them: it is left out of the means, counted
 * in a figure of its own, and its row in the table is NaN.
 */
record PrdcMetric(Configuration configuration) implements Metric {
    private static final List<String> COLUMNS = List.of("precision", "recall", "density", "coverage");
    private static final List<String> UNITS = List.of("fraction", "fraction", "ratio", "fraction");

    /** Which judge, and which of the definitions in use. */
    public record Configuration(
            @Meaning("name of the evaluation model whose features are compared; empty: the plan's only one")
            String judge,

            @Meaning("a point's ball reaches to its k-th nearest neighbour; classes need more than k images")
            int k,

            @Meaning("usual (of the papers) or reference (of PPA's code: nearest balls only, density per real image)")
            Prdc.Definition definition)
            implements Checked, FeatureBased {
        static final Configuration DEFAULT = new Configuration("", 3, Prdc.Definition.USUAL);

        @Override
        public List<Problem> check() {
            return k >= 1
                    ? List.of()
                    : List.of(new Problem("k", k + " is not a number of neighbours", "use at least 1"));
        }
    }

    @Override
    public Measurement measure(Evidence evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        Candidates candidates = evidence.candidates();
        List<Prdc> usable = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int targetClass : new TreeSet<>(candidates.classes())) {
            Gallery real = judge.real(Part.TRAINING, label -> label == targetClass);
            Gallery fake = judge.reconstructions(candidates, candidates.of(targetClass));
            if (Math.min(real.size(), fake.size()) > configuration.k()) {
                Prdc prdc = Prdc.of(real.features(), fake.features(), configuration.k(), configuration.definition());
                usable.add(prdc);
                rows.add(new Row(targetClass, values(prdc)));
            } else {
                rows.add(new Row(targetClass, List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
            }
        }
        if (usable.isEmpty()) {
            throw new MetricFailedException("k: none of the " + rows.size() + " attacked classes has more than "
                    + configuration.k() + " training images and more than " + configuration.k()
                    + " reconstructions; lower k, or let the selection keep more candidates");
        }
        String prefix = configuration.definition() == Prdc.Definition.USUAL ? "" : "reference ";
        return new Measurement(
                figures(judge, prefix, Prdc.mean(usable), rows.size() - usable.size()),
                List.of(new Table(judge.figure(prefix + "PRDC"), COLUMNS, rows)),
                List.of());
    }

    private static List<Figure> figures(Judge judge, String prefix, Prdc mean, int skipped) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            String name = judge.figure(prefix + COLUMNS.get(i));
            figures.add(new Figure(name, values(mean).get(i), Better.HIGHER, UNITS.get(i)));
        }
        figures.add(new Figure(judge.figure(prefix + "PRDC skipped classes"), skipped, Better.NEITHER, "classes"));
        return figures;
    }

    private static List<Double> values(Prdc prdc) {
        return List.of(prdc.precision(), prdc.recall(), prdc.density(), prdc.coverage());
    }
}
