package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Images;
import org.obverse.api.event.Summary;
import org.obverse.api.tensor.Resampling;
import org.obverse.api.training.TrainingContext;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;

/**
 * The pictures of an attack: for each class, training samples of the target, the best reconstructions, and which training sample each of these
 * looks most like.
 *
 * @param classes int64 {@code [C]}
 * @param samples {@code [C, k, 3, H, W]}, or with 1 in place of 3 if they are grey
 * @param reconstructions likewise, with a k, H and W of their own
 * @param nearest of all training samples of the class the one with the least mean square of its pixels' differences to each reconstruction, as
 *     many of either; of the samples' H and W, at which they are compared. None if some class has no training sample
 */
public record Gallery(NDArray classes, NDArray samples, NDArray reconstructions, NDArray nearest) {
    /** As it is stored. */
    public static final String RECONSTRUCTIONS = "reconstructions";

    private static final String NEAREST = "nearest";
    private static final int PER_CLASS = 3;
    private static final int READ_AT_ONCE = 64;

    /**
     * @param found best first
     * @param context passed a checkpoint before each class
     */
    public static Gallery of(
            Candidates found, List<Integer> classes, Images training, NDManager manager, TrainingContext context) {
        int samples = shared(classes, c -> rows(training, c, PER_CLASS).length);
        int shown = shared(classes, c -> found.of(c).length);
        NDList originals = new NDList();
        NDList reconstructions = new NDList();
        NDList nearest = new NDList();
        for (int c : classes) {
            context.checkpoint();
            context.progress(originals.size(), classes.size(), Map.of());
            try (NDScope scope = new NDScope()) {
                NDArray best = found.draw(1, context.random(), Arrays.copyOf(found.of(c), shown));
                int[] own = rows(training, c, samples == 0 ? 0 : Integer.MAX_VALUE);
                nearest.add(kept(training.read(manager, nearest(best, training, manager, own)), manager));
                reconstructions.add(kept(best, manager));
                originals.add(kept(training.read(manager, rows(training, c, samples)), manager));
            }
        }
        return new Gallery(
                manager.create(classes.stream().mapToLong(c -> c).toArray()),
                NDArrays.stack(originals),
                NDArrays.stack(reconstructions),
                NDArrays.stack(nearest));
    }

    private static NDArray kept(NDArray array, NDManager manager) {
        NDScope.unregister(array);
        array.attach(manager);
        return array;
    }

    /** Of some training images the nearest to each image, or the first where they differ in more than size; none of none. */
    private static int[] nearest(NDArray images, Images training, NDManager manager, int... rows) {
        int count = rows.length == 0 ? 0 : Math.toIntExact(images.getShape().get(0));
        int[] nearest = new int[count];
        double[] least = new double[count];
        Arrays.fill(nearest, count == 0 ? 0 : rows[0]);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int from = 0; from < rows.length; from += READ_AT_ONCE) {
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + READ_AT_ONCE));
            try (NDScope scope = new NDScope()) {
                NDArray samples = training.read(manager, some);
                NDArray sized = sized(images, training.shape());
                if (!sized.getShape().slice(1).equals(training.shape())) {
                    return nearest;
                }
                for (int i = 0; i < count; i++) {
                    float[] distances = samples.sub(sized.get(i))
                            .square()
                            .reshape(some.length, -1)
                            .mean(new int[] {1})
                            .toFloatArray();
                    for (int j = 0; j < some.length; j++) {
                        if (distances[j] < least[i]) {
                            least[i] = distances[j];
                            nearest[i] = some[j];
                        }
                    }
                }
            }
        }
        return nearest;
    }

    private static NDArray sized(NDArray images, Shape sample) {
        return sample.dimension() == 3 && images.getShape().dimension() == 4
                ? Resampling.of(images.getShape())
                        .resize(Math.toIntExact(sample.get(1)), Math.toIntExact(sample.get(2)))
                        .apply(images)
                : images;
    }

    private static int shared(List<Integer> classes, IntUnaryOperator count) {
        return Math.min(
                PER_CLASS, classes.stream().mapToInt(c -> c).map(count).min().orElse(0));
    }

    private static int[] rows(Images images, int wanted, int most) {
        return IntStream.range(0, images.size())
                .filter(i -> images.label(i) == wanted)
                .limit(most)
                .toArray();
    }

    /**
     * Stores the arrays under their names; galleries of earlier versions have no nearest samples.
     *
     * @param manager whose device they are opened on
     */
    public record Form(NDManager manager) implements Codec<Gallery> {
        @Override
        public Content encode(Gallery product) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put("classes", product.classes());
            tensors.put("samples", product.samples());
            tensors.put(RECONSTRUCTIONS, product.reconstructions());
            tensors.put(NEAREST, product.nearest());
            return new Tensors(tensors, ProductForm.metadata("gallery", Map.of()));
        }

        @Override
        public Summary summary(Gallery product) {
            return Summary.NONE;
        }

        @Override
        public Gallery decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            return decode(artifact, lifetime);
        }

        /** Opens a gallery, for whoever reads a run back. */
        public Gallery decode(Artifact artifact, Lifetime lifetime) {
            NDManager opened = lifetime.own(manager.newSubManager());
            TensorFile file = artifact.tensors();
            NDArray samples = file.tensor(opened, "samples");
            return new Gallery(
                    file.tensor(opened, "classes"),
                    samples,
                    file.tensor(opened, RECONSTRUCTIONS),
                    file.names().contains(NEAREST) ? file.tensor(opened, NEAREST) : samples.get(":, 0:0"));
        }
    }
}
