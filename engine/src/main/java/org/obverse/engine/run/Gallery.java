package org.obverse.engine.run;

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
import org.obverse.api.random.RandomStream;

/** The pictures of a run: for each class, training samples of the target and the best reconstructions. */
final class Gallery {
    private static final int PER_CLASS = 3;

    private Gallery() {}

    /**
     * @return tensors {@code classes [C]}, {@code samples} and {@code reconstructions}, both {@code [C, k, 3, H, W]} with
     *     their own k
     */
    static Map<String, NDArray> of(
            Candidates found, List<Integer> classes, Images training, NDManager manager, RandomStream random) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("classes", manager.create(classes.stream().mapToLong(c -> c).toArray()));
        int samples = shared(classes, c -> rows(training, c).length);
        int shown = shared(classes, c -> found.of(c).length);
        NDList originals = new NDList();
        NDList reconstructions = new NDList();
        for (int c : classes) {
            originals.add(training.read(manager, Arrays.copyOf(rows(training, c), samples)));
            reconstructions.add(found.draw(1, random, Arrays.copyOf(found.of(c), shown)));
        }
        tensors.put("samples", NDArrays.stack(originals));
        tensors.put("reconstructions", NDArrays.stack(reconstructions));
        return tensors;
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
}
