package org.obverse.plugins.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
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
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Meaning;

/**
 * The distance of each reconstruction to the nearest training image of its own class, between activations of an
 * evaluation model, as a mean over the reconstructions (not over the classes). The figure names activations other than the
 * penultimate ones.
 *
 * <p>Struppek et al. call it an l2 distance; their code and tables, and those of the KED-MI lineage, hold its square, which
 * is the default here.
 */
record FeatureDistanceMetric(Configuration configuration) implements ReconstructionMetric {
    /** Which judge, and which distance. */
    public record Configuration(
            @Meaning("name of the evaluation model that judges; empty: the plan's only one")
            String judge,

            @Meaning("squared (as published tables hold it) or euclidean")
            Distance distance,

            @Meaning(
                    "activation of the model that is compared: penultimate, or embedding for FaceNet's faces (length 1)")
            String tap)
            implements FeatureBased {
        static final Configuration DEFAULT = new Configuration("", Distance.SQUARED, Tap.PENULTIMATE);

        /** The name of the figure, without its judge. */
        String figure() {
            return (tap.equals(Tap.PENULTIMATE) ? "" : tap + " ") + distance.figure;
        }

        /**
         * Of each of the candidates of a class to the nearest of its training images.
         *
         * @param training activations of these images
         */
        double[] distances(
                Judge by, Reconstructions evidence, Candidates candidates, int targetClass, double[][] training)
                throws MetricFailedException {
            double[][] reconstructed = by.reconstructions(evidence, candidates, candidates.of(targetClass))
                    .features();
            return Arrays.stream(Distances.toNearest(reconstructed, training))
                    .map(distance::of)
                    .toArray();
        }
    }

    /** The distance that is averaged. */
    enum Distance {
        @JsonProperty("squared")
        SQUARED("δ_eval", "squared distance"),
        @JsonProperty("euclidean")
        EUCLIDEAN("euclidean δ_eval", "distance");

        private final String figure;
        final String unit;

        Distance(String figure, String unit) {
            this.figure = figure;
            this.unit = unit;
        }

        private double of(double squared) {
            return this == SQUARED ? squared : Math.sqrt(squared);
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        List<Row> rows = new ArrayList<>();
        DoubleStream.Builder all = DoubleStream.builder();
        for (int targetClass : new TreeSet<>(evidence.candidates().classes())) {
            double[] distances = configuration.distances(
                    judge, evidence, evidence.candidates(), targetClass, training(judge, targetClass));
            Arrays.stream(distances).forEach(all);
            rows.add(new Row(
                    targetClass, List.of(Arrays.stream(distances).average().orElseThrow())));
        }
        double mean = all.build()
                .average()
                .orElseThrow(() -> new MetricFailedException("candidates: the attack delivered none to measure; look at"
                        + " why its stages ended early, or raise the budget"));
        String name = judge.figure(configuration.figure());
        return new Measurement(
                List.of(new Figure(name, mean, Better.LOWER, configuration.distance().unit)),
                List.of(new Table(name, List.of("mean"), rows)),
                List.of());
    }

    /** Activations of the training images of a class. */
    static double[][] training(Judge judge, int targetClass) throws MetricFailedException {
        Gallery training = judge.real(Part.TRAINING, label -> label == targetClass);
        if (training.size() == 0) {
            throw new MetricFailedException("class " + targetClass
                    + ": no training image shows it, so nothing is nearest; attack classes of the training data");
        }
        return training.features();
    }
}
