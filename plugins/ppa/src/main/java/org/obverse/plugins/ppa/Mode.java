package org.obverse.plugins.ppa;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.obverse.inversion.Confidence;

/** Whether a stage works as it should or exactly as the published code does (revision 3087a4f0, August 2024). */
public enum Mode {
    /**
     * Draws are keyed by class, candidate and step, so that neither batch size nor the other classes change them;
     * confidences are logarithms in float64; a candidate's gradient does not depend on its batch.
     */
    @JsonProperty("default")
    DEFAULT {
        @Override
        double score(double... logConfidences) {
            return Confidence.logMean(logConfidences);
        }
    },

    /**
     * The draws of NumPy's and torch's generators in the order in which the published code makes them, one crop for a
     * whole batch, float32 probabilities, the loss averaged over the batch.
     */
    @JsonProperty("reference")
    REFERENCE {
        @Override
        double score(double... logConfidences) {
            float sum = 0;
            for (double log : logConfidences) {
                sum += (float) Math.exp(log);
            }
            return sum / logConfidences.length;
        }
    };

    /** As plans write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A candidate's score from the logarithms of its confidences under several views: that of the mean probability in
     * log space, or the mean of float32 probabilities, which saturate.
     */
    abstract double score(double... logConfidences);
}
