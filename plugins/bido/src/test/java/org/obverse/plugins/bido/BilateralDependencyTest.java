package org.obverse.plugins.bido;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Activations;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

/** The whole term, over two layers of different shapes. */
@SuppressWarnings("try")
class BilateralDependencyTest {
    private static final Workbench BENCH = Workbench.of(BilateralDependencyTest.class);
    private static final int CLASSES = 3;
    private static final Shape EARLY = new Shape(2, 2, 2);
    private static final Shape LATE = new Shape(5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** With 6 samples and the published ε, HSIC is close to its limit m - 1 and almost flat. */
    static Stream<Dependence> dependences() {
        return Stream.of(
                new Hsic(0.01),
                new Coco(Norm.SPECTRAL, BENCH.operators()),
                new Coco(Norm.FROBENIUS, BENCH.operators()));
    }

    @ParameterizedTest
    @MethodSource("dependences")
    void its_gradient_is_that_of_finite_differences(Dependence dependence) {
        Sample sample = sample(6, DataType.FLOAT64);
        BilateralDependency term = term(dependence, 0.7, 1.3);
        NDList gradients = gradients(term, sample);
        double scale = Math.max(largest(gradients.get(0)), largest(gradients.get(1)));
        assertTrue(scale > 1e-4, "there is something to compare");
        double worst = 0;
        for (int layer = 0; layer < 2; layer++) {
            NDArray values = layer == 0 ? sample.early() : sample.late();
            double[] gradient = gradients.get(layer).toDoubleArray();
            for (int i = 0; i < gradient.length; i++) {
                double slope = slope(term, sample, values, i);
                worst = Math.max(worst, Math.abs(slope - gradient[i]));
            }
        }
        assertEquals(0, worst, 1e-6 * scale);
    }

    /** In an epoch's last batch one or two samples may be left, perhaps of one class. */
    @ParameterizedTest
    @MethodSource("dependences")
    void small_batches_have_finite_losses_and_gradients(Dependence dependence) {
        for (int samples = 1; samples <= 3; samples++) {
            Sample sample = sample(samples, DataType.FLOAT32).ofOneClass();
            BilateralDependency term = term(dependence, 1, 1);
            assertTrue(Double.isFinite(loss(term, sample).getFloat()));
            for (NDArray gradient : gradients(term, sample)) {
                assertTrue(Double.isFinite(largest(gradient)), samples + " samples");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dependences")
    void it_is_the_weighted_sum_over_the_layers(Dependence dependence) {
        Sample sample = sample(6, DataType.FLOAT64);
        double images = value(term(dependence, 1, 0), sample);
        double labels = value(term(dependence, 0, 1), sample);

        assertTrue(images > 0 && labels < 0, "less of the images, more of the labels");
        assertEquals(0.7 * images + 1.3 * labels, value(term(dependence, 0.7, 1.3), sample), 1e-12);
        double layers = Stream.of("early", "late")
                .mapToDouble(tap -> value(term(List.of(tap), dependence, 1, 0), sample))
                .sum();
        assertEquals(images, layers, 1e-12);
    }

    /** So that the trainer reports a training that diverged, not a failure of the defense. */
    @ParameterizedTest
    @MethodSource("dependences")
    void activations_that_are_not_finite_have_a_loss_that_is_not(Dependence dependence) {
        Sample sample = sample(6, DataType.FLOAT32);
        sample.late().muli(Float.NaN);

        assertTrue(Double.isNaN(loss(term(dependence, 1, 1), sample).getFloat()));
    }

    private static double slope(BilateralDependency term, Sample sample, NDArray values, int index) {
        double step = 1e-5;
        double[] kept = values.toDoubleArray();
        values.set(moved(kept, index, step));
        double above = value(term, sample);
        values.set(moved(kept, index, -step));
        double below = value(term, sample);
        values.set(kept);
        return (above - below) / (2 * step);
    }

    private static double[] moved(double[] values, int index, double step) {
        double[] moved = values.clone();
        moved[index] += step;
        return moved;
    }

    private static BilateralDependency term(Dependence dependence, double inputWeight, double labelWeight) {
        return term(List.of("early", "late"), dependence, inputWeight, labelWeight);
    }

    private static BilateralDependency term(
            List<String> taps, Dependence dependence, double inputWeight, double labelWeight) {
        return new BilateralDependency(new Layers(taps, inputWeight, labelWeight, 1), dependence, BENCH.operators());
    }

    private static double value(BilateralDependency term, Sample sample) {
        return loss(term, sample).getDouble();
    }

    private static NDArray loss(BilateralDependency term, Sample sample) {
        NDArray targets = sample.labels().oneHot(CLASSES, sample.late().getDataType());
        Map<String, NDArray> taps = Map.of("early", sample.early(), "late", sample.late());
        return term.loss(sample.images(), new Activations(targets, taps), targets, sample.labels());
    }

    private static NDList gradients(BilateralDependency term, Sample sample) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray early = BENCH.gradients().variable(sample.early());
            NDArray late = BENCH.gradients().variable(sample.late());
            Sample variable = new Sample(sample.images(), early, late, sample.labels());
            return BENCH.gradients().of(loss(term, variable), new NDList(early, late));
        }
    }

    private static double largest(NDArray gradient) {
        return gradient.abs().max().toType(DataType.FLOAT64, false).getDouble();
    }

    private static Sample sample(int samples, DataType type) {
        long[] labels = IntStream.range(0, samples).mapToLong(i -> i % CLASSES).toArray();
        return new Sample(
                gaussians(1, samples, new Shape(3, 4, 4), DataType.FLOAT32),
                gaussians(2, samples, EARLY, type),
                gaussians(3, samples, LATE, type),
                BENCH.manager().create(labels));
    }

    private static NDArray gaussians(long seed, int samples, Shape shape, DataType type) {
        Shape all = new Shape(samples).addAll(shape);
        float[] values = BENCH.stream(seed).gaussians(Math.toIntExact(all.size()));
        return BENCH.manager().create(values, all).toType(type, false);
    }

    /** A batch and two of its activations. */
    private record Sample(NDArray images, NDArray early, NDArray late, NDArray labels) {
        Sample ofOneClass() {
            return new Sample(images, early, late, labels.zerosLike());
        }
    }
}
