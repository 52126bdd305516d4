package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDManager;
import java.util.Set;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.Meaning;

/**
 * The Fréchet distance between all reconstructions together and all training images of the attacked classes together,
 * on the penultimate activations of an evaluation model. The figure names the model: values of different models, or of
 * pytorch-fid's network, cannot be compared.
 */
record FrechetDistanceMetric(Configuration configuration, FrechetDistance distance) implements Metric {
    /** Which judge. */
    public record Configuration(
            @Meaning("name of the evaluation model whose features are compared; empty: the plan's only one")
            String judge)
            implements FeatureBased {
        static final Configuration DEFAULT = new Configuration("");
    }

    @Override
    public Measurement measure(Evidence evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        Set<Integer> attacked = Set.copyOf(evidence.candidates().classes());
        try (NDManager manager = evidence.manager().newSubManager()) {
            FeatureStatistics real = statistics(manager, judge.real(Part.TRAINING, attacked::contains), "real");
            FeatureStatistics fake = statistics(manager, judge.reconstructions(evidence.candidates()), "reconstructed");
            double value = distance.between(real.mean(), real.covariance(), fake.mean(), fake.covariance());
            return Measurement.of(new Figure(judge.figure("FID"), value, Better.LOWER, "squared distance"));
        }
    }

    private static FeatureStatistics statistics(NDManager manager, Gallery gallery, String kind)
            throws MetricFailedException {
        if (gallery.size() < 2) {
            throw new MetricFailedException(kind + " images: " + gallery.size()
                    + " have no covariance; attack more classes, or deliver more candidates per class");
        }
        FeatureStatistics statistics = new FeatureStatistics(manager, gallery.featureCount());
        gallery.forEachFeatures(statistics::add);
        return statistics;
    }
}
