package org.obverse.plugins.mid;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the bottleneck passes on after training. */
public enum InferenceNoise {
    /** A draw per query, as in training and in the published code: labels, scores and gradients are random. */
    @JsonProperty("sample")
    SAMPLE,

    /** The mean of the draws: the same question has the same answer. */
    @JsonProperty("mean")
    MEAN
}
