package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.network.Classifier;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/**
 * A target with or without triggers, grey test images, and reconstructions.
 *
 * @param tested how many test images there are
 * @param found {@code [N, ...input]}, of the classes {@code labels}
 */
record TrappedEvidence(Workbench bench, Classifier target, int tested, NDArray found, List<Integer> labels)
        implements Reconstructions, TargetEvidence {
    @Override
    public Candidates candidates() {
        return new Candidates(
                new FixedImages(found), labels, Collections.nCopies(labels.size(), Double.NaN), List.of());
    }

    @Override
    public NDArray drawn(Candidates candidates, int... rows) {
        return candidates.draw(1, random().child("draw"), rows);
    }

    @Override
    public NDArray saved(Candidates candidates, int... rows) {
        return drawn(candidates, rows);
    }

    @Override
    public NDArray shown(NDArray images, EvaluationModel model) {
        return images;
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        return data().images(part);
    }

    @Override
    public List<EvaluationModel> judges() {
        return List.of();
    }

    @Override
    public EvaluationModel judge() {
        throw new IllegalArgumentException("nobody judges here");
    }

    @Override
    public Dataset data() {
        return new Grey(target.input(), target.classes(), tested);
    }

    private record Grey(Shape shape, int classes, int tested) implements Dataset {
        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return new Same(shape, tested);
        }
    }

    private record Same(Shape shape, int size) implements Images {
        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return manager.zeros(new Shape(indices.length).addAll(shape));
        }
    }

    @Override
    public NDManager manager() {
        return bench.manager();
    }

    @Override
    public int batch() {
        return 4;
    }

    @Override
    public RandomStream random() {
        return bench.stream(3);
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}
}
