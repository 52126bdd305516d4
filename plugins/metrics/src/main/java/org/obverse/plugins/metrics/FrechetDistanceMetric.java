package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Part;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.metric.Samples.Counted;
import org.obverse.api.plugin.Meaning;

/**
 * The Fréchet distance between all reconstructions together and all training images of the attacked classes together,
 * on the penultimate activations of an evaluation model. The figure names the model: values of different models, or of
 * pytorch-fid's network, cannot be compared.
 */
record FrechetDistanceMetric(Configuration configuration, FrechetDistance distance) implements ReconstructionMetric {
    /** Which judge. */
    public record Configuration(
            @Meaning("name of the evaluation model whose features are compared; empty: the plan's only one")
            String judge)
            implements FeatureBased, Sampled {
        static final Configuration DEFAULT = new Configuration("");
        private static final String RANK =
                "with no more images than features a covariance is singular, and the distance is of the"
                        + " number of images (Heusel et al. 2017, released code)";

        @Override
        public List<Samples> samples() {
            return List.of(
                    Samples.moreThanFeatures(Counted.RECONSTRUCTIONS, RANK),
                    Samples.moreThanFeatures(Counted.TRAINING, RANK));
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Judge judge = Judge.of(evidence, configuration);
        Set<Integer> attacked = Set.copyOf(evidence.candidates().classes());
        try (NDManager manager = evidence.manager().newSubManager()) {
            FeatureStatistics real = statistics(manager, judge.real(Part.TRAINING, attacked::contains), "real");
            FeatureStatistics fake =
                    statistics(manager, judge.reconstructions(evidence, evidence.candidates()), "reconstructed");
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
