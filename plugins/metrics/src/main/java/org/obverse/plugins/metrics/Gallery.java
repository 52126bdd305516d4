package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.MetricFailedException;
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
        List<double[]> logits =
                host((images, pass) -> classifier.forward(images, pass).logits());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            int output = outputs.applyAsInt(label(i));
            if (output >= classifier.classes()) {
                throw new MetricFailedException(judge.model().name() + ": it tells " + classifier.classes()
                        + " classes apart, and there are images of class " + label(i)
                        + "; use a model that was made for all classes of the data");
            }
            verdicts.add(Verdict.of(label(i), logits.get(i), output));
        }
        return verdicts;
    }

    /** The activations that the judge compares, one row per image. */
    double[][] features() throws MetricFailedException {
        return host(this::tapped).toArray(double[][]::new);
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

    /** The images themselves, one array per image, in row-major order. */
    float[][] pixels() throws MetricFailedException {
        List<float[]> pixels = new ArrayList<>();
        forEach((images, pass) -> images, batch -> {
            float[] flat = batch.toType(DataType.FLOAT32, false).toFloatArray();
            int size = flat.length / Math.toIntExact(batch.getShape().get(0));
            for (int at = 0; at < flat.length; at += size) {
                pixels.add(Arrays.copyOfRange(flat, at, at + size));
            }
        });
        return pixels.toArray(float[][]::new);
    }

    private NDArray tapped(NDArray images, Pass pass) {
        NDArray features = judge.model().classifier().forward(images, pass).tap(judge.tap());
        return features.reshape(features.getShape().get(0), -1);
    }

    private List<double[]> host(BiFunction<NDArray, Pass, NDArray> look) throws MetricFailedException {
        List<double[]> vectors = new ArrayList<>();
        forEach(look, batch -> {
            double[] flat = batch.toDoubleArray();
            int size = Math.toIntExact(batch.getShape().get(1));
            for (int at = 0; at < flat.length; at += size) {
                vectors.add(Arrays.copyOfRange(flat, at, at + size));
            }
        });
        return vectors;
    }

    private void forEach(BiFunction<NDArray, Pass, NDArray> look, Consumer<NDArray> use) throws MetricFailedException {
        Evidence evidence = judge.evidence();
        for (int from = 0; from < rows.length; from += evidence.batch()) {
            evidence.checkpoint();
            try (NDScope scope = new NDScope()) {
                int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + evidence.batch()));
                Pass pass = Pass.evaluation(evidence.random().child("noise", batch[0]));
                NDArray values = look.apply(reader.read(batch), pass).toType(DataType.FLOAT64, false);
                requireFinite(values, batch);
                use.accept(values);
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
