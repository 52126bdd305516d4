package org.obverse.plugins.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Part;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.plugin.Meaning;

/**
 * The mean distance of two reconstructions of one class over that of two of its training images, on the penultimate activations of an
 * evaluation model, as a mean over the classes: 0 where an attack finds one image again and again, 1 where its images differ as real ones do.
 * It says nothing of whom they show. Recall and coverage, the other sides of diversity, are {@link PrdcMetric}'s.
 *
 * <p>A class with fewer than two reconstructions or training images, or whose training images all look the same, has none: it is left out
 * of the mean, counted in a figure of its own, and its row in the table is NaN.
 */
record DiversityMetric(Configuration configuration) implements ReconstructionMetric {
    /** Which judge. */
    public record Configuration(
            @Meaning("name of the evaluation model whose features are compared; empty: the plan's only one")
            String judge)
            implements FeatureBased {
        static final Configuration DEFAULT = new Configuration("");
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        Candidates candidates = evidence.candidates();
        List<Row> rows = new ArrayList<>();
        for (int targetClass : new TreeSet<>(candidates.classes())) {
            double real = Distances.meanPairwise(
                    judge.real(Part.TRAINING, label -> label == targetClass).features());
            double found =
                    Distances.meanPairwise(judge.reconstructions(evidence, candidates, candidates.of(targetClass))
                            .features());
            rows.add(new Row(targetClass, List.of(real == 0 ? Double.NaN : found / real)));
        }
        double[] defined = rows.stream()
                .mapToDouble(row -> row.values().get(0))
                .filter(Double::isFinite)
                .toArray();
        if (defined.length == 0) {
            throw new MetricFailedException("candidates: none of the " + rows.size()
                    + " attacked classes has two reconstructions, and two training images that differ; let the selection keep more"
                    + " candidates");
        }
        String name = judge.figure("diversity");
        double mean = Arrays.stream(defined).average().orElseThrow();
        return new Measurement(
                List.of(
                        new Figure(name, mean, Better.NEITHER, "ratio to real images"),
                        new Figure(
                                judge.figure("diversity skipped classes"),
                                rows.size() - defined.length,
                                Better.NEITHER,
                                "classes")),
                List.of(new Table(name, List.of("diversity"), rows)),
                List.of());
    }
}
