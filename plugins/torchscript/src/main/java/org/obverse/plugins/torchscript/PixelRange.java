package org.obverse.plugins.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Between which numbers a program expects pixels, before it is normalised. */
enum PixelRange {
    /** [0, 1], as torchvision's ToTensor makes them. */
    @JsonProperty("unit")
    UNIT(0.5, 0.5),
    /** [-1, 1], as they are here. */
    @JsonProperty("symmetric")
    SYMMETRIC(1, 0);

    /** {@code factor * x + offset} brings pixels in [-1, 1] into the range. */
    final double factor;

    final double offset;

    PixelRange(double factor, double offset) {
        this.factor = factor;
        this.offset = offset;
    }
}
