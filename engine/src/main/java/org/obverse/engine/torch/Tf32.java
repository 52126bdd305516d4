package org.obverse.engine.torch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Where a GPU may round the factors of float32 products to 10 bits. DJL 0.35.1 has no door to torch's switches, so a
 * process gets what its environment says when it starts, and a plan that wants something else is refused.
 */
public enum Tf32 {
    /** In convolutions, not in matrix products: torch's default. */
    @JsonProperty("convolutions")
    CONVOLUTIONS("neither variable"),
    /** In matrix products too. */
    @JsonProperty("everywhere")
    EVERYWHERE("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1 and not NVIDIA_TF32_OVERRIDE=0"),
    /** NVIDIA's libraries compute in float32 throughout. */
    @JsonProperty("nowhere")
    NOWHERE("NVIDIA_TF32_OVERRIDE=0");

    private final String variables;

    Tf32(String variables) {
        this.variables = variables;
    }

    /** What a process of this environment gets. */
    static Tf32 of(Map<String, String> environment) {
        if ("0".equals(environment.get("NVIDIA_TF32_OVERRIDE"))) {
            return NOWHERE;
        }
        return "1".equals(environment.get("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE")) ? EVERYWHERE : CONVOLUTIONS;
    }

    /** Which environment gives this. */
    String variables() {
        return variables;
    }
}
