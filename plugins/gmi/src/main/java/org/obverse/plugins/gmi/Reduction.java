package org.obverse.plugins.gmi;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How the candidates' losses become the scalar whose gradient is a step. Momentum feels its scale. */
public enum Reduction {
    /** Their sum over a number that a plan names, so that a candidate moves as in a published batch of as many identities. */
    @JsonProperty("per-candidate")
    PER_CANDIDATE {
        @Override
        NDArray of(NDArray losses, int meanOver) {
            return losses.sum().div(meanOver);
        }
    },
    /** Their mean over the batch, as published: the more candidates in a batch, the shorter the steps. */
    @JsonProperty("mean")
    MEAN {
        @Override
        NDArray of(NDArray losses, int meanOver) {
            return losses.mean();
        }
    };

    /**
     * @param losses {@code [N]}
     * @param meanOver identities of a published batch
     */
    abstract NDArray of(NDArray losses, int meanOver);
}
