package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.obverse.api.tensor.Box;

/**
 * Pixels that are made of images of one resolution.
 *
 * @param side of the whole image
 * @param bottom behind the last row
 * @param right behind the last column
 */
record Region(int side, int top, int left, int bottom, int right) {
    static Region whole(int side) {
        return new Region(side, 0, 0, side, side);
    }

    /**
     * @throws IllegalArgumentException if the box does not lie within the image
     */
    static Region of(int side, Box box) {
        Region region = new Region(side, box.top(), box.left(), box.top() + box.height(), box.left() + box.width());
        if (box.top() < 0
                || box.left() < 0
                || box.height() < 1
                || box.width() < 1
                || region.bottom > side
                || region.right > side) {
            throw new IllegalArgumentException(box + " does not lie within " + side + " x " + side + " pixels");
        }
        return region;
    }

    boolean isWhole() {
        return equals(whole(side));
    }

    /**
     * The pixels of half the resolution that a block reads to make these. To make [a, b), its second convolution reads
     * [a − 1, b + 1), the filter after doubling [a − 2, b + 3) of twice the pixels, and the transposed convolution
     * before it ⌊(a − 3) / 2⌋ to ⌊(b + 2) / 2⌋ of half the resolution. The doubling of the image reads less.
     */
    Region source() {
        int half = side / 2;
        return new Region(half, first(top), first(left), behind(bottom, half), behind(right, half));
    }

    private static int first(int a) {
        return Math.max(0, Math.floorDiv(a - 3, 2));
    }

    private static int behind(int b, int half) {
        return Math.min(half, b / 2 + 2);
    }

    /** What a block makes of these: right but for a rim, where it would have read pixels that are not there. */
    Region doubled() {
        return new Region(2 * side, 2 * top, 2 * left, 2 * bottom, 2 * right);
    }

    /**
     * Cuts these pixels out.
     *
     * @param x {@code [..., H, W]}, the pixels of {@code made}
     */
    NDArray of(NDArray x, Region made) {
        if (equals(made)) {
            return x;
        }
        return x.get(
                new NDIndex("...,{}:{},{}:{}", top - made.top, bottom - made.top, left - made.left, right - made.left));
    }
}
