package org.obverse.plugins.membership;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a model's answer to one sample says of whether it was trained on it, larger for a member. All are computed in float64 from the
 * logarithms of the scores and never by way of probabilities, which are 1 for most members of a negatively smoothed model.
 */
enum Signal {
    /** {@code −ℓ = log p_y} (Yeom et al. 2018). */
    @JsonProperty("loss")
    LOSS {
        @Override
        double of(double[] logScores, int label) {
            return logScores[label];
        }
    },
    /** {@code φ = log p_y − log(1 − p_y)} (Carlini et al. 2022, section V). */
    @JsonProperty("scaled-logit")
    SCALED_LOGIT {
        @Override
        double of(double[] logScores, int label) {
            return logScores[label] - logOfOthers(logScores, label);
        }
    },
    /** {@code m = z_y − max_{k≠y} z_k}. */
    @JsonProperty("margin")
    MARGIN {
        @Override
        double of(double[] logScores, int label) {
            return logScores[label] - largestOther(logScores, label);
        }
    },
    /** {@code −H = Σ_k p_k log p_k} (Song and Mittal 2021, equation 5). */
    @JsonProperty("entropy")
    ENTROPY {
        @Override
        double of(double[] logScores, int label) {
            double sum = 0;
            for (double log : logScores) {
                sum += product(Math.exp(log), log);
            }
            return sum;
        }
    },
    /** {@code −mentr = (1 − p_y) log p_y + Σ_{k≠y} p_k log(1 − p_k)} (Song and Mittal 2021, equation 8). */
    @JsonProperty("modified-entropy")
    MODIFIED_ENTROPY {
        @Override
        double of(double[] logScores, int label) {
            double sum = product(Math.exp(logOfOthers(logScores, label)), logScores[label]);
            for (int k = 0; k < logScores.length; k++) {
                if (k != label) {
                    double p = Math.exp(logScores[k]);
                    double logOfRest = p < ALMOST ? Math.log1p(-p) : logOfOthers(logScores, k);
                    sum += product(p, logOfRest);
                }
            }
            return sum;
        }
    };

    /** From here on 1 − p has lost digits. */
    private static final double ALMOST = 0.5;

    /**
     * @param logScores of at least two classes
     */
    abstract double of(double[] logScores, int label);

    /** {@code log(1 − p_k)}, as the logarithm of the sum of the others. */
    private static double logOfOthers(double[] logScores, int k) {
        double largest = largestOther(logScores, k);
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < logScores.length; i++) {
            sum += i == k ? 0 : Math.exp(logScores[i] - largest);
        }
        return largest + Math.log(sum);
    }

    private static double largestOther(double[] logScores, int k) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logScores.length; i++) {
            largest = i == k ? largest : Math.max(largest, logScores[i]);
        }
        return largest;
    }

    /** What is never there adds nothing. */
    private static double product(double probability, double log) {
        return probability == 0 ? 0 : probability * log;
    }
}
