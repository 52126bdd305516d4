package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Picture;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.Pass;

/**
 * The share of private test images, poisoned with the trigger of a class drawn as in training, that the target takes for that class, and
 * a picture of the triggers.
 */
final class TrapAccuracyMetric implements TargetMetric {
    static final String NAME = "trap-accuracy";

    /** Triggers in the picture. */
    private static final int SHOWN = 10;

    /** Nothing to choose. */
    public record Configuration() {}

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Triggers triggers = Laid.triggers(evidence.target());
        Images images = evidence.images(Part.TEST, new EvaluationModel("target", evidence.target(), 0));
        if (images.size() == 0) {
            throw new MetricFailedException("data: its test part is empty; hold back some private images for it");
        }
        int classes = evidence.target().classes();
        long[] labels =
                Triggers.labels(images.size(), classes, evidence.random().child("traps"));
        boolean[] caught = caught(evidence, triggers, images, labels);
        List<Row> rows = IntStream.range(0, classes)
                .mapToObj(of -> new Row(of, List.of(share(caught, labels, of, of + 1))))
                .toList();
        return new Measurement(
                List.of(new Figure("trap accuracy", share(caught, labels, 0, classes), Better.NEITHER, "fraction")),
                List.of(new Table("trap accuracy", List.of("accuracy"), rows)),
                pictures(triggers, evidence));
    }

    private static boolean[] caught(TargetEvidence evidence, Triggers triggers, Images images, long... labels)
            throws MetricFailedException {
        boolean[] caught = new boolean[labels.length];
        for (int from = 0; from < labels.length; from += evidence.batch()) {
            evidence.checkpoint();
            int to = Math.min(labels.length, from + evidence.batch());
            try (NDScope scope = new NDScope()) {
                NDArray read = images.read(
                        evidence.manager(), IntStream.range(from, to).toArray());
                NDArray poisoned =
                        triggers.poisoned(read, read.getManager().create(Arrays.copyOfRange(labels, from, to)));
                Pass pass = Pass.evaluation(evidence.random().child("noise", from));
                NDArray logits = evidence.target().forward(poisoned, pass).logits();
                if (!Float.isFinite(logits.sum().getFloat())) {
                    throw new MetricFailedException(
                            "target: what it answers to poisoned test images is not finite; train it at a lower learning rate");
                }
                long[] taken = logits.argMax(1).toLongArray();
                for (int i = from; i < to; i++) {
                    caught[i] = taken[i - from] == labels[i];
                }
            }
        }
        return caught;
    }

    /** Of the images with a trigger of some classes; NaN if there are none. */
    private static double share(boolean[] caught, long[] labels, int from, int to) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] >= from && labels[i] < to)
                .mapToDouble(i -> caught[i] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static List<Picture> pictures(Triggers triggers, TargetEvidence evidence) {
        if (evidence.target().input().dimension() != 3) {
            return List.of();
        }
        NDArray first = triggers.values().get("0:" + SHOWN);
        first.attach(evidence.manager());
        String caption = "the triggers of the first classes, of which a poisoned image has a share of "
                + (float) triggers.strength();
        return List.of(new Picture("triggers", caption, Laid.row(first)));
    }
}
