package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.JudgedByPanel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.plugin.Meaning;

/**
 * Whether evaluation models recognise the same reconstructions: what one alone recognises may share features with the target and not with
 * the person (arXiv 2505.03519). The figures are Acc@1 of each judge, the shares of reconstructions that all and that any of them recognise,
 * and Cohen's κ of each pair; a κ that does not exist, of judges who are always right or always wrong, has no figure.
 */
record JudgeAgreementMetric(Configuration configuration) implements ReconstructionMetric {
    private static final String RECOGNISED = "recognised by ";
    private static final String UNIT = "fraction";

    /** Which judges. */
    public record Configuration(
            @Meaning("names of the evaluation models that judge, at least two; empty: all of the plan's")
            List<String> judges)
            implements JudgedByPanel {
        static final Configuration DEFAULT = new Configuration(List.of());

        public Configuration {
            judges = List.copyOf(judges);
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Candidates candidates = evidence.candidates();
        if (candidates.size() == 0) {
            throw new MetricFailedException("candidates: the attack delivered none to judge; look at why its stages"
                    + " ended early, or raise the budget");
        }
        List<String> names = new ArrayList<>();
        List<boolean[]> right = new ArrayList<>();
        for (EvaluationModel model : evidence.judges()) {
            names.add(model.name());
            right.add(right(new Judge(evidence, model).reconstructions(evidence, candidates)));
        }
        return measurement(names, new Agreement(right), candidates);
    }

    private static boolean[] right(Gallery reconstructions) throws MetricFailedException {
        List<Verdict> verdicts = reconstructions.verdicts();
        boolean[] right = new boolean[verdicts.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = verdicts.get(i).correct();
        }
        return right;
    }

    private static Measurement measurement(List<String> names, Agreement agreement, Candidates candidates) {
        String panel = names.stream().collect(Collectors.joining(", ", "(", ")"));
        List<String> columns = new ArrayList<>(List.of(RECOGNISED + "all", RECOGNISED + "any"));
        names.forEach(name -> columns.add(RECOGNISED + name));
        List<Figure> figures = new ArrayList<>();
        List<Double> values = shares(agreement, names.size());
        for (int i = 0; i < columns.size(); i++) {
            figures.add(new Figure(columns.get(i) + panel, values.get(i), Better.HIGHER, UNIT));
        }
        for (int a = 0; a < names.size(); a++) {
            for (int b = a + 1; b < names.size(); b++) {
                double kappa = agreement.kappa(a, b);
                if (!Double.isNaN(kappa)) {
                    String pair = "κ of " + names.get(a) + " and " + names.get(b);
                    figures.add(new Figure(pair + panel, kappa, Better.NEITHER, "agreement beyond chance"));
                }
            }
        }
        List<Row> rows = new TreeSet<>(candidates.classes())
                .stream()
                        .map(c -> new Row(c, shares(agreement.of(candidates.of(c)), names.size())))
                        .toList();
        return new Measurement(
                figures,
                List.of(new Table("recognised" + panel, columns, rows)),
                List.of(),
                List.of(chart(panel, agreement, names.size())));
    }

    private static List<Double> shares(Agreement agreement, int judges) {
        List<Double> shares = new ArrayList<>(List.of(agreement.recognisedBy(judges), agreement.recognisedBy(1)));
        for (int judge = 0; judge < judges; judge++) {
            shares.add(agreement.accuracy(judge));
        }
        return shares;
    }

    private static Chart chart(String panel, Agreement agreement, int judges) {
        double[] least = IntStream.rangeClosed(1, judges).asDoubleStream().toArray();
        return new Chart(
                "recognised by at least so many judges" + panel,
                "The share of reconstructions that at least so many of the judges take for the attacked person. It falls where judges"
                        + " recognise what others do not.",
                Mark.LINE,
                "judges",
                UNIT,
                List.of(Series.of(
                        "reconstructions",
                        Arrays.stream(least).boxed().toList(),
                        Arrays.stream(least)
                                .mapToObj(j -> agreement.recognisedBy((int) j))
                                .toList())));
    }
}
