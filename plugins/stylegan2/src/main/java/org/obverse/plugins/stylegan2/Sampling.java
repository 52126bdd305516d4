package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * How {@link Filter#apply} changes a resolution.
 *
 * @param up zeros are put after each pixel until there are this many times as many; at least 1
 * @param down every so manieth pixel of the filtered image is kept, from the first; at least 1
 * @param left columns of zeros added (or, if negative, cut off) before filtering; so the other three
 * @param gain what the result is multiplied by
 */
record Sampling(int up, int down, int left, int right, int top, int bottom, double gain) {
    /** The same on all sides. */
    static Sampling padded(int down, int around, double gain) {
        return new Sampling(1, down, around, around, around, around, gain);
    }

    /** To {@code factor} times the resolution with a filter of that many taps, keeping the brightness. */
    static Sampling upBy(int factor, int taps) {
        int before = (taps + factor - 1) / 2;
        int after = (taps - factor) / 2;
        return new Sampling(factor, 1, before, after, before, after, factor * factor);
    }

    /** To 1 / {@code factor} of the resolution with a filter of that many taps. */
    static Sampling downBy(int factor, int taps) {
        int before = (taps - factor + 1) / 2;
        int after = (taps - factor) / 2;
        return new Sampling(1, factor, before, after, before, after, 1);
    }

    /** Whether a convolution that pads by itself does it all. */
    boolean isOneConvolution() {
        return up == 1 && left >= 0 && left == right && left == top && left == bottom;
    }

    /** Whether a transposed convolution does it all. */
    boolean isOneTransposedConvolution(int taps) {
        return down == 1 && left == top && right == bottom && left < taps && overhang() >= 0 && overhang() < up;
    }

    /** The rows that a transposed convolution of stride {@code up} must add at the end. */
    int overhang() {
        return right - left + up - 1;
    }

    /** Adds zeros, and cuts off what is padded negatively. */
    NDArray pad(NDArray x) {
        NDArray padded =
                x.pad(new Shape(Math.max(left, 0), Math.max(right, 0), Math.max(top, 0), Math.max(bottom, 0)), 0);
        return padded.get(new NDIndex(
                ":,:,{}:{},{}:{}",
                Math.max(-top, 0),
                padded.getShape().get(2) - Math.max(-bottom, 0),
                Math.max(-left, 0),
                padded.getShape().get(3) - Math.max(-right, 0)));
    }
}
