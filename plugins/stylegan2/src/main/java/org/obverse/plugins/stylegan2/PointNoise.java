package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.obverse.api.random.RandomStream;

/** The noise of a pass that starts from given points of the search space. */
@FunctionalInterface
interface PointNoise {
    /** Bias and stored noise only, everywhere. */
    PointNoise BUILT_IN = points -> NoiseSource.BUILT_IN;

    /**
     * @param points {@code [N, rows or 1, style]}
     */
    NoiseSource at(NDArray points);

    /**
     * Standard normal noise times each layer's strength. The stream of a pattern is named by the point (a hash of its
     * values) and the layer's row, so that a point gives the same image in every batch, on every thread and block by
     * block, and any other point gets other noise.
     */
    static PointNoise random(RandomStream random) {
        return points -> {
            long[] names = names(points);
            return (layer, manager, made) -> {
                Shape shape = new Shape(names.length, 1, made.side(), made.side());
                int pixels = Math.toIntExact(shape.size() / names.length);
                float[] values = new float[names.length * pixels];
                for (int i = 0; i < names.length; i++) {
                    RandomStream pattern = random.child("point", names[i]).child("row", layer.row());
                    System.arraycopy(pattern.gaussians(pixels), 0, values, i * pixels, pixels);
                }
                NDArray noise = made.of(manager.create(values, shape), Region.whole(made.side()));
                return layer.precision()
                        .reduce(layer.operators(), noise.mul(layer.strength()).mul(Activation.GAIN))
                        .add(layer.offset(made));
            };
        };
    }

    private static long[] names(NDArray points) {
        float[] values = points.toFloatArray();
        int count = Math.toIntExact(points.getShape().get(0));
        int size = values.length / count;
        long[] names = new long[count];
        for (int i = 0; i < count; i++) {
            int half = i * size + size / 2;
            long high = Arrays.hashCode(Arrays.copyOfRange(values, i * size, half));
            long low = Arrays.hashCode(Arrays.copyOfRange(values, half, (i + 1) * size));
            names[i] = high << 32 | (low & 0xffffffffL);
        }
        return names;
    }
}
