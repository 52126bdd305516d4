package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.api.tensor.Operators;

/** The type of the synthesis network's weights and activations. Latents, styles and images are float32 in any case. */
public enum Precision {
    @JsonProperty("float32")
    FLOAT32(DataType.FLOAT32),
    /** Float32's range with 8 bits of precision. */
    @JsonProperty("bfloat16")
    BFLOAT16(DataType.BFLOAT16),
    /** 11 bits of precision, up to 65504: activations must be clamped. */
    @JsonProperty("float16")
    FLOAT16(DataType.FLOAT16);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    boolean isReduced() {
        return this != FLOAT32;
    }

    /** From float32. */
    NDArray reduce(Operators operators, NDArray x) {
        return isReduced() ? operators.cast(x, type) : x;
    }

    /** To float32. */
    NDArray restore(Operators operators, NDArray x) {
        return isReduced() ? operators.cast(x, DataType.FLOAT32) : x;
    }
}
