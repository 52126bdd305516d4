package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.attack.Preparer.Figure;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Conditional;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.Agreement;

/**
 * Generated images, as many for each class, with the labels that the target gives them, which may be others. Up to 1 GiB of them are kept;
 * more are generated anew whenever they are read.
 */
final class Relabelled implements Images {
    private static final long KEPT_BYTES = 1L << 30;

    private final Conditional generator;
    private final int perClass;
    private final RandomStream random;
    private final int[] labels;
    private Optional<NDArray> kept = Optional.empty();

    private Relabelled(Conditional generator, int perClass, RandomStream random) {
        this.generator = generator;
        this.perClass = perClass;
        this.random = random;
        this.labels = new int[generator.conditions() * perClass];
    }

    /**
     * Those that surrogates learn from. Asks the target once about every image.
     *
     * @throws IllegalStateException if it takes all of them for one class
     */
    static Relabelled lessons(Conditional generator, int perClass, LabelOracle target, StageContext context) {
        Relabelled images = new Relabelled(generator, perClass, context.random().child("relabelled"));
        images.label(target, context);
        images.requireDifferences();
        return images;
    }

    /** Others, that surrogates are tried on. Asks the target once about every image. */
    static Relabelled unseen(Conditional generator, int perClass, LabelOracle target, StageContext context) {
        Relabelled images = new Relabelled(generator, perClass, context.random().child("unseen"));
        images.label(target, context);
        return images;
    }

    /** How often a surrogate says of them what the target says. */
    Agreement agreement(Classifier surrogate, StageContext context) {
        return Agreement.of(surrogate, this, IntStream.range(0, size()).toArray(), this::label, context);
    }

    /** How many classes the target found no image of. */
    Figure missing() {
        return Figure.of(
                "classes without a labelled image",
                (double) Arrays.stream(counts()).filter(count -> count == 0).count(),
                "classes");
    }

    private void label(LabelOracle target, StageContext context) {
        boolean keeps = labels.length * shape().size() * Float.BYTES <= KEPT_BYTES;
        NDList parts = new NDList();
        for (int from = 0; from < labels.length; from += context.batch()) {
            context.checkpoint();
            int[] rows = IntStream.range(from, Math.min(labels.length, from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                NDArray images = generated(context.manager(), rows);
                long[] said = target.labels(images).toLongArray();
                for (int i = 0; i < rows.length; i++) {
                    labels[rows[i]] = Math.toIntExact(said[i]);
                }
                if (keeps) {
                    NDScope.unregister(images);
                    parts.add(images);
                }
            }
            told(from + rows.length, context);
        }
        if (keeps) {
            kept = Optional.of(NDArrays.concat(parts));
            parts.close();
        }
    }

    private void told(int done, StageContext context) {
        int[] counts = counts(done);
        context.progress(
                done,
                labels.length,
                Map.of(
                        "classes without an image",
                        (double) Arrays.stream(counts)
                                .filter(count -> count == 0)
                                .count(),
                        "images of the largest class",
                        (double) Arrays.stream(counts).max().orElseThrow()));
    }

    private void requireDifferences() {
        if (Arrays.stream(labels).distinct().count() < 2) {
            throw new IllegalStateException(
                    "the target takes all " + labels.length
                            + " generated images for class " + labels[0]
                            + ", so that surrogates have nothing to tell apart; let the GAN learn longer, with training.iterations");
        }
    }

    /** How many images the target took for each class. */
    int[] counts() {
        return counts(labels.length);
    }

    private int[] counts(int first) {
        int[] counts = new int[generator.conditions()];
        for (int i = 0; i < first; i++) {
            counts[labels[i]]++;
        }
        return counts;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape shape() {
        return generator.image();
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        if (kept.isEmpty()) {
            return generated(manager, indices);
        }
        NDArray read = kept.get().get(manager.create(indices));
        read.attach(manager);
        return read;
    }

    private NDArray generated(NDManager manager, int... indices) {
        FloatBuffer z = FloatBuffer.allocate(indices.length * generator.latentSize());
        IntStream.of(indices)
                .forEach(index -> z.put(random.child("image", index).gaussians(generator.latentSize())));
        NDArray points = manager.create(z.flip(), new Shape(indices.length, generator.latentSize()));
        int[] classes = IntStream.of(indices).map(index -> index / perClass).toArray();
        NDArray images = generator.generate(generator.locate(points, classes));
        images.attach(manager);
        return images;
    }
}
