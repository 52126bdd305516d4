package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;

/** Pictures as they are saved, by the rule of {@link org.obverse.engine.record.Raster}: level {@code ⌊(x + 1) · 127.5 + ½⌋} of 0, …, 255. */
public final class EightBit {
    private static final double HALF = 127.5;
    private static final int WHITE = 255;

    private EightBit() {}

    /**
     * @param pictures of any shape, nominally in [-1, 1]
     * @return in [-1, 1]; NaN where a value is not finite, which the product with 0 keeps from being clamped to white
     */
    public static NDArray of(NDArray pictures) {
        NDArray level = pictures.add(1).mul(HALF).add(0.5).floor().clip(0, WHITE);
        return level.div(HALF).sub(1).add(pictures.mul(0));
    }
}
