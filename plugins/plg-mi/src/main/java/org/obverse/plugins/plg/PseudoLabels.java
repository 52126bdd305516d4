package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.oracle.ScoreOracle;

/**
 * For every class the public images that the target is surest show it (Yuan et al. 2023, section "Pseudo label generation"). One image
 * may stand for several classes.
 *
 * @param images numbers of public images, class after class, the surest first
 * @param classes of each of them
 */
record PseudoLabels(List<Integer> images, List<Integer> classes) {
    static final String PER_CLASS = "per-class";

    PseudoLabels {
        images = List.copyOf(images);
        classes = List.copyOf(classes);
    }

    /** Asks the target once about every public image. */
    static PseudoLabels ask(Images images, int perClass, ScoreOracle target, StageContext context) {
        int classes = target.classes();
        double[][] scores = new double[classes][images.size()];
        for (int from = 0; from < images.size(); from += context.batch()) {
            context.checkpoint();
            int[] rows = IntStream.range(from, Math.min(images.size(), from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                double[] answers =
                        target.logScores(images.read(context.manager(), rows)).toDoubleArray();
                for (int i = 0; i < answers.length; i++) {
                    scores[i % classes][from + i / classes] = answers[i];
                }
            }
            context.progress(from + (long) rows.length, images.size(), Map.of());
        }
        return of(scores, perClass);
    }

    /**
     * The choice; of images that the target is equally sure of, the one with the lower number comes first.
     *
     * @param scores log-probabilities, {@code [classes][images]}
     */
    static PseudoLabels of(double[][] scores, int perClass) {
        List<Integer> images = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        for (int c = 0; c < scores.length; c++) {
            double[] ofClass = scores[c];
            IntStream.range(0, ofClass.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer image) -> -ofClass[image]))
                    .limit(perClass)
                    .forEach(images::add);
            classes.addAll(Collections.nCopies(perClass, c));
        }
        return new PseudoLabels(images, classes);
    }

    /** The chosen images as a collection of their own, in which an image may occur several times. */
    Images of(Images all) {
        return new Labelled(this, all);
    }

    private record Labelled(PseudoLabels chosen, Images all) implements Images {
        @Override
        public int size() {
            return chosen.images().size();
        }

        @Override
        public Shape shape() {
            return all.shape();
        }

        @Override
        public int label(int index) {
            return chosen.classes().get(index);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return all.read(
                    manager, IntStream.of(indices).map(chosen.images()::get).toArray());
        }
    }
}
