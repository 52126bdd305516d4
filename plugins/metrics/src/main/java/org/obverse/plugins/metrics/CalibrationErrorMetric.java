package org.obverse.plugins.metrics;

import java.util.List;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.metric.Samples.Counted;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/**
 * The calibration error of the attacked model on the private test images. {@code ECE} is what Struppek et al. print (10
 * bins, l2); other choices name themselves, as in {@code l1 ECE}.
 */
record CalibrationErrorMetric(Configuration configuration) implements TargetMetric {
    private static final int USUAL_BINS = 10;
    private static final int PER_BIN = 25;

    /** Which of the definitions in use. */
    public record Configuration(
            @Meaning("number of bins of equal width on [0, 1]")
            int bins,

            @Meaning("how the bins' gaps are added up: l2 (root of the weighted mean square) or l1 (weighted mean)")
            Calibration.Norm norm,

            @Meaning("where a confidence of exactly 1 counts: default (the last bin) or reference (a bin of its own)")
            Calibration.Binning binning)
            implements Checked, Sampled {
        static final Configuration DEFAULT =
                new Configuration(USUAL_BINS, Calibration.Norm.L2, Calibration.Binning.DEFAULT);

        /**
         * The l2 error of a perfectly calibrated model over B bins is √(Σ_b acc_b (1 − acc_b) / N) in the mean square, at most √(B / 4N): a
         * tenth with N = 25 B. The errors that are reported begin at half of that (Struppek et al. 2024, table 2).
         */
        @Override
        public List<Samples> samples() {
            return List.of(Samples.atLeast(
                    Counted.TEST,
                    PER_BIN * bins,
                    "with fewer than " + PER_BIN
                            + " for each bin a model without any error may seem to have one of 0.1"));
        }

        @Override
        public List<Problem> check() {
            return bins >= 1
                    ? List.of()
                    : List.of(new Problem("bins", bins + " is not a number of bins", "use at least 1"));
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Calibration calibration = new Calibration(configuration.bins(), configuration.norm(), configuration.binning());
        double error = calibration.error(TestAccuracyMetric.verdicts(evidence));
        return Measurement.of(new Figure(name(), error, Better.LOWER, "fraction"));
    }

    private String name() {
        String bins = configuration.bins() == USUAL_BINS ? "" : configuration.bins() + "-bin ";
        String norm = configuration.norm() == Calibration.Norm.L2 ? "" : "l1 ";
        String binning = configuration.binning() == Calibration.Binning.DEFAULT ? "" : "reference ";
        return binning + bins + norm + "ECE";
    }
}
