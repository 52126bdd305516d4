package org.obverse.plugins.bido;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The norm of the product of two kernels. */
public enum Norm {
    /** The largest singular value, as COCO is defined (Gretton et al. 2005) and as the paper has it. */
    @JsonProperty("spectral")
    SPECTRAL,

    /** The root of the sum of all squared singular values, as the published code computes it. */
    @JsonProperty("frobenius")
    FROBENIUS
}
