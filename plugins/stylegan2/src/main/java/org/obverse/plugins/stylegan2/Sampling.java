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
    /** To {@code factor} times the resolution with a filter of {@code taps} × {@code taps}, keeping the brightness. */
    static Sampling upBy(int factor, int taps) {
        int before = (taps + factor - 1) / 2;
        int after = (taps - factor) / 2;
        return new Sampling(factor, 1, before, after, before, after, factor * factor);
    }

    /** To 1 / {@code factor} of the resolution with a filter of {@code taps} × {@code taps}. */
    static Sampling downBy(int factor, int taps) {
        int before = (taps - factor + 1) / 2;
        int after = (taps - factor) / 2;
        return new Sampling(1, factor, before, after, before, after, 1);
    }

    /** The same resolution, filtered. */
    static Sampling same(int taps) {
        int before = taps / 2;
        int after = (taps - 1) / 2;
        return new Sampling(1, 1, before, after, before, after, 1);
    }

    /** With more rows and columns of zeros on every side. */
    Sampling padded(int more) {
        return new Sampling(up, down, left + more, right + more, top + more, bottom + more, gain);
    }

    NDArray pad(NDArray x) {
        Shape around = new Shape(Math.max(left, 0), Math.max(right, 0), Math.max(top, 0), Math.max(bottom, 0));
        NDArray padded = around.size() == 0 && left + right + top + bottom == 0 ? x : x.pad(around, 0);
        long rows = padded.getShape().get(2);
        long columns = padded.getShape().get(3);
        return padded.get(new NDIndex(
                ":,:,%d:%d,%d:%d",
                Math.max(-top, 0),
                rows - Math.max(-bottom, 0),
                Math.max(-left, 0),
                columns - Math.max(-right, 0)));
    }
}
