package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.data.Images;
import org.obverse.api.random.RandomStream;

/** Batches of images, epoch by epoch in random orders. Collections of up to 1 GiB are read once and kept. */
final class TrainingImages {
    private static final long KEPT_BYTES = 1L << 30;
    private static final int READ = 500;

    private final Images images;
    private final RandomStream random;
    private final @Nullable NDArray kept;
    private int epoch = -1;
    private int[] order = new int[0];

    /**
     * @param manager of what is kept
     * @param random for the orders
     */
    TrainingImages(NDManager manager, Images images, RandomStream random) {
        this.images = images;
        this.random = random;
        long bytes = images.size() * images.shape().size() * Float.BYTES;
        this.kept = bytes <= KEPT_BYTES ? all(manager, images) : null;
    }

    private static NDArray all(NDManager manager, Images images) {
        try (NDManager parts = manager.newSubManager()) {
            NDList read = new NDList();
            for (int from = 0; from < images.size(); from += READ) {
                int to = Math.min(images.size(), from + READ);
                read.add(images.read(parts, IntStream.range(from, to).toArray()));
            }
            NDArray all = NDArrays.concat(read);
            all.attach(manager);
            return all;
        }
    }

    /** The images of a step, {@code [size, ...image]}; what does not fill a batch at an epoch's end is left out. */
    NDArray batch(NDManager manager, int step, int size) {
        int perEpoch = images.size() / size;
        if (step / perEpoch != epoch) {
            epoch = step / perEpoch;
            order = random.child("epoch", epoch).permutation(images.size());
        }
        int first = step % perEpoch * size;
        int[] indices = Arrays.copyOfRange(order, first, first + size);
        return kept == null ? images.read(manager, indices) : kept.get(manager.create(indices));
    }
}
