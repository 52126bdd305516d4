package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Images;
import org.obverse.api.event.Summary;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;

/**
 * The pictures of an attack: for each class, training samples of the target and the best reconstructions.
 *
 * @param classes int64 {@code [C]}
 * @param samples {@code [C, k, 3, H, W]}
 * @param reconstructions likewise, with a k, H and W of their own
 */
public record Gallery(NDArray classes, NDArray samples, NDArray reconstructions) {
    /** As it is stored. */
    public static final String RECONSTRUCTIONS = "reconstructions";

    private static final int PER_CLASS = 3;

    public static Gallery of(
            Candidates found, List<Integer> classes, Images training, NDManager manager, RandomStream random) {
        int samples = shared(classes, c -> rows(training, c).length);
        int shown = shared(classes, c -> found.of(c).length);
        NDList originals = new NDList();
        NDList reconstructions = new NDList();
        for (int c : classes) {
            originals.add(training.read(manager, Arrays.copyOf(rows(training, c), samples)));
            reconstructions.add(found.draw(1, random, Arrays.copyOf(found.of(c), shown)));
        }
        return new Gallery(
                manager.create(classes.stream().mapToLong(c -> c).toArray()),
                NDArrays.stack(originals),
                NDArrays.stack(reconstructions));
    }

    private static int shared(List<Integer> classes, IntUnaryOperator count) {
        return Math.min(
                PER_CLASS, classes.stream().mapToInt(c -> c).map(count).min().orElse(0));
    }

    private static int[] rows(Images images, int wanted) {
        return IntStream.range(0, images.size())
                .filter(i -> images.label(i) == wanted)
                .limit(PER_CLASS)
                .toArray();
    }

    /**
     * Stores the three arrays under their names.
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
            return new Gallery(
                    file.tensor(opened, "classes"),
                    file.tensor(opened, "samples"),
                    file.tensor(opened, RECONSTRUCTIONS));
        }
    }
}
