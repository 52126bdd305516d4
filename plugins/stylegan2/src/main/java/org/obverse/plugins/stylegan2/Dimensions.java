package org.obverse.plugins.stylegan2;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The sizes of a pair of networks.
 *
 * @param side of an image in pixels, a power of two from 4 to 1024
 * @param latent the length of z
 * @param style the length of one row of w
 * @param conditions the number of conditions, or 0
 */
record Dimensions(int side, int latent, int style, int conditions, int mappingLayers, int channelBase, int channelMax) {
    static final int SMALLEST = 4;
    static final int LARGEST = 1024;

    /** The channels of the layers of {@code side} pixels: {@code min(base / side, max)}. */
    int channels(int ofSide) {
        return Math.min(channelBase / ofSide, channelMax);
    }

    /** The sides of the blocks, smallest first. */
    List<Integer> sides() {
        return IntStream.iterate(SMALLEST, s -> s <= side, s -> 2 * s).boxed().toList();
    }

    /** Rows of W+: two per block but the first, which has one, and one for the last colours. */
    int rows() {
        return 2 * sides().size();
    }
}
