package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How much the samples of a group differ, as extra channels (Karras et al. 2018, section 3): the standard deviation over
 * the group, averaged over channels and pixels. Of N samples, n belongs to group n mod (N / size).
 *
 * @param size of a group; smaller batches are one group
 * @param features the number of channels added, each from its share of the channels
 */
record MinibatchDeviation(int size, int features) {
    private static final double EPSILON = 1e-8;

    /**
     * @param x {@code [N, C, H, W]}
     * @return {@code [N, C + features, H, W]}
     * @throws IllegalArgumentException if N is no multiple of the group
     */
    NDArray append(NDArray x) {
        Shape shape = x.getShape();
        long count = shape.get(0);
        long group = Math.min(size, count);
        if (count % group != 0) {
            throw new IllegalArgumentException(
                    "a batch of " + count + " cannot be cut into groups of " + group + " for the discriminator");
        }
        NDArray grouped = x.reshape(group, count / group, features, shape.size() / count / features);
        NDArray centred = grouped.sub(grouped.mean(new int[] {0}, true));
        NDArray deviation =
                centred.square().mean(new int[] {0}).add(EPSILON).sqrt().mean(new int[] {2});
        NDArray channels = deviation
                .tile(new long[] {group, 1})
                .reshape(count, features, 1, 1)
                .broadcast(new Shape(count, features, shape.get(2), shape.get(3)));
        return x.concat(channels, 1);
    }
}
