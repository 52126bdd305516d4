package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
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
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.lend.ResizedImages;
import org.obverse.testkit.Workbench;

/**
 * A finished attack in a world of plain colours. The judges see 4 by 4 pixels, everything else is 8 by 8. Colours are saved in steps of 0.05, so
 * that detail is lost and worked numbers stay round.
 */
record ColourEvidence(
        Dataset data,
        Classifier target,
        List<EvaluationModel> judges,
        Candidates candidates,
        NDManager manager,
        RandomStream random,
        int batch)
        implements Reconstructions, TargetEvidence {
    static final Shape JUDGED = new Shape(3, 4, 4);
    private static final int STEPS = 20;

    /** Three images per class around pure red, green and blue. */
    static final Swatches PRIVATE = Swatches.none()
            .and(0, 0.8, 0, 0)
            .and(0, 0.9, 0.1, 0)
            .and(0, 0.7, 0, 0.1)
            .and(1, 0, 0.8, 0)
            .and(1, 0.1, 0.9, 0)
            .and(1, 0, 0.7, 0.1)
            .and(2, 0, 0, 0.8)
            .and(2, 0.1, 0, 0.9)
            .and(2, 0, 0.1, 0.7);

    /** Three classes, with the same private images for training and test, judged by primary colours. */
    static ColourEvidence of(Workbench bench, Swatches privateImages, Swatches reconstructions) {
        Candidates candidates = candidates(bench.manager(), reconstructions);
        return new ColourEvidence(
                new ColourData(3, privateImages, privateImages),
                ColourClassifier.primary(Swatches.SHAPE, 50, bench.parameters(1)),
                List.of(judge(bench, "primary", 1)),
                candidates,
                bench.manager(),
                bench.stream(7),
                4);
    }

    static Candidates candidates(NDManager manager, Swatches reconstructions) {
        return new Candidates(
                new FixedImages(reconstructions.all(manager)),
                reconstructions.labels(),
                Collections.nCopies(reconstructions.size(), Double.NaN),
                List.of());
    }

    /** On the way to which they were these. */
    ColourEvidence withSnapshot(int step, Swatches then) {
        List<Candidates.Snapshot> snapshots = new ArrayList<>(candidates.snapshots());
        snapshots.add(new Candidates.Snapshot(step, new FixedImages(then.all(manager))));
        Candidates more = new Candidates(
                candidates.representation(), candidates.classes(), candidates.scores(), candidates.curves(), snapshots);
        return new ColourEvidence(data, target, judges, more, manager, random, batch);
    }

    private static EvaluationModel judge(Workbench bench, String name, double sharpness) {
        return new EvaluationModel(name, ColourClassifier.primary(JUDGED, sharpness, bench.parameters(1)), 0);
    }

    /** Judged by the same colours, with sharper opinions. */
    ColourEvidence judgedSharply(Workbench bench) {
        return judgedBy(judge(bench, "sharp", 50));
    }

    ColourEvidence judgedBy(EvaluationModel... others) {
        return new ColourEvidence(data, target, List.of(others), candidates, manager, random, batch);
    }

    ColourEvidence attacking(Classifier other) {
        return new ColourEvidence(data, other, judges, candidates, manager, random, batch);
    }

    ColourEvidence finding(Candidates others) {
        return new ColourEvidence(data, target, judges, others, manager, random, batch);
    }

    /** With test images that are not the training images. */
    ColourEvidence testedOn(Swatches test) {
        ColourData tested = new ColourData(data.classes(), (Swatches) data.images(Part.TRAINING), test);
        return new ColourEvidence(tested, target, judges, candidates, manager, random, batch);
    }

    ColourEvidence withBatch(int size) {
        return new ColourEvidence(data, target, judges, candidates, manager, random, size);
    }

    @Override
    public EvaluationModel judge() {
        return judges.get(0);
    }

    @Override
    public NDArray drawn(Candidates chosen, int... rows) {
        return chosen.draw(1, random.child("draw"), rows);
    }

    @Override
    public NDArray saved(Candidates chosen, int... rows) {
        NDArray drawn = drawn(chosen, rows);
        return drawn.mul(STEPS).add(0.5).floor().div(STEPS).clip(-1, 1).add(drawn.mul(0));
    }

    @Override
    public NDArray shown(NDArray images, EvaluationModel model) {
        Shape input = model.classifier().input();
        return Resampling.of(images.getShape())
                .resize(Math.toIntExact(input.get(1)), Math.toIntExact(input.get(2)))
                .apply(images);
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        return ResizedImages.of(data.images(part), model.classifier().input());
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}

    private record ColourData(int classes, Swatches training, Swatches test) implements Dataset {
        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Shape shape() {
            return Swatches.SHAPE;
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TRAINING, Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return part == Part.TEST ? test : training;
        }
    }
}
