package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;

/** Candidates that are images of a data set. */
final class ChosenImages {
    private final Images from;
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> classes = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();

    ChosenImages(Images from) {
        this.from = from;
    }

    void add(int image, int targetClass, double score) {
        chosen.add(image);
        classes.add(targetClass);
        scores.add(score);
    }

    /** Read a batch at a time. */
    Candidates read(ControlContext context) {
        NDArray whole = context.manager().create(new Shape(chosen.size()).addAll(from.shape()));
        for (int start = 0; start < chosen.size(); start += context.batch()) {
            context.checkpoint();
            int end = Math.min(chosen.size(), start + context.batch());
            int[] images = chosen.subList(start, end).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            try (NDScope scope = new NDScope()) {
                whole.set(new NDIndex().addSliceDim(start, end), from.read(context.manager(), images));
            }
        }
        return new Candidates(new FixedImages(whole), classes, scores, List.of());
    }
}
