package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.data.Images;
import org.obverse.api.random.RandomStream;

/** Public images for a training, batch by batch. Collections of up to 1 GiB are read once and kept. */
public final class PublicBatches {
    private static final long KEPT_BYTES = 1L << 30;
    private static final int READ = 500;

    private final Images images;
    private final @Nullable NDArray kept;

    /**
     * @param manager of what is kept
     */
    public PublicBatches(NDManager manager, Images images) {
        this.images = images;
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

    /** The images of some indices, {@code [indices.length, ...image]} in [-1, 1]. */
    public NDArray read(NDManager manager, int... indices) {
        return kept == null ? images.read(manager, indices) : kept.get(manager.create(indices));
    }

    /**
     * The order in which a training sees the images: epoch after epoch, each shuffled. What does not fill a batch at the end of an epoch is
     * left out.
     *
     * @param random for the shuffling; orders of different streams are independent
     */
    public Order order(RandomStream random, int batch) {
        return new Order(random, images.size(), batch);
    }

    /** Batches of indices. */
    public static final class Order {
        private final RandomStream random;
        private final int count;
        private final int batch;
        private int epoch = -1;
        private int[] order = new int[0];

        private Order(RandomStream random, int count, int batch) {
            this.random = random;
            this.count = count;
            this.batch = batch;
        }

        /** The indices of a step, from 0. */
        public int[] at(int step) {
            int perEpoch = count / batch;
            if (step / perEpoch != epoch) {
                epoch = step / perEpoch;
                order = random.child("epoch", epoch).permutation(count);
            }
            int first = step % perEpoch * batch;
            return Arrays.copyOfRange(order, first, first + batch);
        }
    }
}
