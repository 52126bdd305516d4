package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of pixels that the generator puts beyond [-1, 1]. */
public enum Range {
    /** They are passed on. */
    @JsonProperty("free")
    FREE {
        @Override
        NDArray apply(NDArray images) {
            return images;
        }
    },
    /** They are set to the border, where their gradient is zero. */
    @JsonProperty("clamped")
    CLAMPED {
        @Override
        NDArray apply(NDArray images) {
            return images.clip(-1, 1);
        }
    };

    abstract NDArray apply(NDArray images);
}
