package org.obverse.engine.torch;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a GPU's convolution algorithms are chosen. */
public enum Cudnn {
    /** By cuDNN's rules: the same ones in every run. */
    @JsonProperty("heuristic")
    HEURISTIC,
    /** The fastest of those that were tried once per shape: quicker, but another run may choose otherwise. */
    @JsonProperty("benchmark")
    BENCHMARK
}
