package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.data.Images;
import org.obverse.api.metric.MetricFailedException;

/**
 * Reconstructions to learn from, as they are saved and so within [-1, 1], to which PPA's script clamps them. Up to 1 GiB of them are drawn
 * once and kept; more are drawn anew for every batch, as that script does, and look the same each time.
 */
final class StudentImages implements Images {
    static final long KEPT_BYTES = 1L << 30;

    private final Gallery reconstructions;
    private final int[] labels;
    private final Shape shape;
    private final @Nullable NDArray kept;

    private StudentImages(Gallery reconstructions, int[] labels, Shape shape, @Nullable NDArray kept) {
        this.reconstructions = reconstructions;
        this.labels = labels;
        this.shape = shape;
        this.kept = kept;
    }

    /**
     * @param outputs from classes to the student's outputs, which are the labels here
     * @param shape of one image
     * @param manager of what is kept
     * @param mostKept how many bytes of images are kept
     * @throws MetricFailedException if an image is not finite
     */
    static StudentImages of(
            Gallery reconstructions, IntUnaryOperator outputs, Shape shape, NDManager manager, long mostKept)
            throws MetricFailedException {
        int size = reconstructions.size();
        int[] labels = IntStream.range(0, size)
                .map(i -> outputs.applyAsInt(reconstructions.label(i)))
                .toArray();
        if (size * shape.size() * Float.BYTES > mostKept) {
            reconstructions.forEachImages(images -> {});
            return new StudentImages(reconstructions, labels, shape, null);
        }
        NDArray kept = manager.create(new Shape(size).addAll(shape));
        int[] next = {0};
        reconstructions.forEachImages(images -> {
            int from = next[0];
            next[0] += Math.toIntExact(images.getShape().get(0));
            kept.set(new NDIndex().addSliceDim(from, next[0]), images.toType(DataType.FLOAT32, false));
        });
        return new StudentImages(reconstructions, labels, shape, kept);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        try (NDScope scope = new NDScope()) {
            NDArray read = kept == null
                    ? reconstructions.images(manager, indices)
                    : kept.get(
                            manager.create(Arrays.stream(indices).asLongStream().toArray()));
            read.attach(manager);
            NDScope.unregister(read);
            return read;
        }
    }
}
