package org.obverse.plugins.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The calibration error of predictions (Naeini et al. 2015; Kumar et al. 2019 for the l2 norm).
 *
 * <p>Predictions are sorted by confidence into {@code bins} bins of equal width, closed on the left; a confidence that
 * falls short of a bin by at most 3e-5 counts as on its edge ({@link Ties}), as where two classes are equally likely. With
 * n_b of N predictions in bin b, their share of correct ones acc_b and their mean confidence conf_b, the error is
 *
 * <ul>
 *   <li>l1: Σ_b n_b/N · |acc_b − conf_b|
 *   <li>l2: √(Σ_b n_b/N · (acc_b − conf_b)²), which Struppek et al. 2024 report
 * </ul>
 *
 * @param bins at least 1
 */
record Calibration(int bins, Norm norm, Binning binning) {
    /** How the gaps of the bins are added up. */
    enum Norm {
        @JsonProperty("l1")
        L1,
        @JsonProperty("l2")
        L2
    }

    /** Where a confidence of exactly 1 belongs. */
    enum Binning {
        /** To the last bin. */
        @JsonProperty("default")
        DEFAULT,
        /** To a bin of its own, as in torchmetrics 1.2.0; it matters for models that saturate. */
        @JsonProperty("reference")
        REFERENCE
    }

    /**
     * @param verdicts at least one, in any order; the highest probability is the confidence
     * @return in [0, 1]
     */
    double error(List<Verdict> verdicts) {
        double[] confidence = new double[bins + 1];
        double[] correct = new double[bins + 1];
        double[] count = new double[bins + 1];
        for (Verdict verdict : verdicts) {
            int bin = bin(verdict.highest());
            confidence[bin] += verdict.highest();
            correct[bin] += verdict.correct() ? 1 : 0;
            count[bin]++;
        }
        double error = 0;
        for (int bin = 0; bin <= bins; bin++) {
            if (count[bin] > 0) {
                double gap = Math.abs(correct[bin] - confidence[bin]) / count[bin];
                error += count[bin] / verdicts.size() * (norm == Norm.L1 ? gap : gap * gap);
            }
        }
        return norm == Norm.L1 ? error : Math.sqrt(error);
    }

    private int bin(double confidence) {
        if (confidence == 1 && binning == Binning.REFERENCE) {
            return bins;
        }
        return Math.min(bins - 1, (int) ((confidence + Ties.margin(1)) * bins));
    }
}
