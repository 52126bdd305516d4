package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;

/** Labelled images at a judge's input size. They are read, and shown to the judge, one batch at a time. */
final class Gallery {
    private final Judge judge;
    private final int[] rows;
    private final IntUnaryOperator labels;
    private final Reader reader;

    /** Reads the images of some rows, float32 {@code [rows.length, ...input]}. */
    @FunctionalInterface
    interface Reader {
        NDArray read(int... rows);
    }

    /**
     * @param rows the images, by their place in what the reader reads from
     * @param labels from rows to classes
     */
    Gallery(Judge judge, int[] rows, IntUnaryOperator labels, Reader reader) {
        this.judge = judge;
        this.rows = rows;
        this.labels = labels;
        this.reader = reader;
    }

    int size() {
        return rows.length;
    }

    /** The class of the i-th image. */
    int label(int i) {
        return labels.applyAsInt(rows[i]);
    }

    /** The judge's opinion of every image. */
    List<Verdict> verdicts() throws MetricFailedException {
        return verdicts(IntUnaryOperator.identity());
    }

    /**
     * The opinions of a judge whose outputs stand for some classes only.
     *
     * @param outputs from classes to the judge's outputs
     * @throws MetricFailedException if the judge has no such output
     */
    List<Verdict> verdicts(IntUnaryOperator outputs) throws MetricFailedException {
        Classifier classifier = judge.model().classifier();
        requireOutputs(outputs, classifier.classes());
        List<Verdict> verdicts = new ArrayList<>();
        forEach((images, pass) -> new NDList(classifier.forward(images, pass).logits()), batch -> {
            for (double[] logits : rows(batch)) {
                int label = label(verdicts.size());
                verdicts.add(Verdict.of(label, logits, outputs.applyAsInt(label)));
            }
        });
        return verdicts;
    }

    private void requireOutputs(IntUnaryOperator outputs, int classes) throws MetricFailedException {
        for (int i = 0; i < size(); i++) {
            if (outputs.applyAsInt(label(i)) >= classes) {
                throw new MetricFailedException(judge.model().name() + ": it tells " + classes
                        + " classes apart, and there are images of class " + label(i)
                        + "; use a model that was made for all classes of the data");
            }
        }
    }

    /** The judge's logits, one row per image. */
    double[][] logits() throws MetricFailedException {
        Classifier classifier = judge.model().classifier();
        List<double[]> logits = new ArrayList<>();
        forEach(
                (images, pass) -> new NDList(classifier.forward(images, pass).logits()),
                batch -> logits.addAll(rows(batch)));
        return logits.toArray(double[][]::new);
    }

    /** The activations that the judge compares, one row per image. */
    double[][] features() throws MetricFailedException {
        List<double[]> features = new ArrayList<>();
        forEachFeatures(batch -> features.addAll(rows(batch)));
        return features.toArray(double[][]::new);
    }

    /** The number of the activations that the judge compares. */
    long featureCount() {
        return judge.model().classifier().taps().stream()
                .filter(tap -> tap.name().equals(judge.tap()))
                .mapToLong(tap -> tap.shape().size())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Hands on the activations that the judge compares without keeping them.
     *
     * @param use takes float64 {@code [n, features]}, released when it returns
     */
    void forEachFeatures(Consumer<NDArray> use) throws MetricFailedException {
        forEach(this::tapped, use);
    }

    /**
     * Hands on the images themselves without keeping them.
     *
     * @param use takes finite float64 {@code [n, ...input]}, released when it returns
     */
    void forEachImages(Consumer<NDArray> use) throws MetricFailedException {
        forEach((images, pass) -> new NDList(images), use);
    }

    /**
     * Makes some images anew, of which nobody knows whether they are finite.
     *
     * @param manager of the result
     * @param places of the images in this gallery
     * @return float32 {@code [places.length, ...input]}
     */
    NDArray images(NDManager manager, int... places) {
        Shape input = judge.model().classifier().input();
        NDArray images = manager.create(new Shape(places.length).addAll(input));
        int most = judge.evidence().batch();
        for (int from = 0; from < places.length; from += most) {
            int to = Math.min(places.length, from + most);
            try (NDScope scope = new NDScope()) {
                int[] batch =
                        IntStream.range(from, to).map(i -> rows[places[i]]).toArray();
                images.set(new NDIndex().addSliceDim(from, to), reader.read(batch));
            }
        }
        return images;
    }

    private NDList tapped(NDArray images, Pass pass) {
        Activations activations = judge.model().classifier().forward(images, pass);
        NDArray features = activations.tap(judge.tap());
        return new NDList(features.reshape(features.getShape().get(0), -1), activations.logits());
    }

    private static List<double[]> rows(NDArray batch) {
        double[] flat = batch.toDoubleArray();
        int size = Math.toIntExact(batch.getShape().get(1));
        return IntStream.range(0, flat.length / size)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * size, (row + 1) * size))
                .toList();
    }

    /**
     * @param look of which the first is used; all of them must be finite
     */
    private void forEach(BiFunction<NDArray, Pass, NDList> look, Consumer<NDArray> use) throws MetricFailedException {
        Evidence evidence = judge.evidence();
        for (int from = 0; from < rows.length; from += evidence.batch()) {
            evidence.checkpoint();
            try (NDScope scope = new NDScope()) {
                int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + evidence.batch()));
                Pass pass = Pass.evaluation(evidence.random().child("noise", batch[0]));
                NDList seen = new NDList();
                for (NDArray values : look.apply(reader.read(batch), pass)) {
                    seen.add(values.toType(DataType.FLOAT64, false));
                    requireFinite(seen.get(seen.size() - 1), batch);
                }
                use.accept(seen.head());
            }
        }
    }

    /** A sum of float32 values in float64 cannot overflow, so it is finite if and only if they all are. */
    private void requireFinite(NDArray values, int[] batch) throws MetricFailedException {
        if (!Double.isFinite(values.sum().getDouble())) {
            throw new MetricFailedException(
                    "%s: images %d to %d, or what it makes of them, are not finite numbers; look for a diverged optimization"
                                    .formatted(judge.model().name(), batch[0], batch[batch.length - 1])
                            + " in the candidates' curves, or train the model at a lower learning rate");
        }
    }
}
