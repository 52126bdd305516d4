package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.metrics.Measured.assertFails;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class AdversarialRobustnessMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(AdversarialRobustnessMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static Metric metric(double... epsilons) {
        return new AdversarialRobustnessMetric(
                new AdversarialRobustnessMetric.Configuration(
                        Arrays.stream(epsilons).boxed().toList(), 20, 2, 100),
                bench);
    }

    /** Of x = 0.2 in each of four pixels: m(x) = 0.8, and ‖w_y - w_o‖₁ = 4, so that it flips from ε = 0.2 on. */
    @ParameterizedTest
    @EnumSource(RobustnessLoss.class)
    void a_linear_model_of_two_classes_flips_where_its_margin_is_less_than_the_radius_times_the_norm(
            RobustnessLoss loss) throws Exception {
        assertArrayEquals(new int[] {ProjectedGradient.NEVER}, flipped(0.199, loss));
        assertTrue(flipped(0.201, loss)[0] <= 20);
    }

    private static int[] flipped(double radius, RobustnessLoss loss) throws MetricFailedException {
        Shape input = new Shape(1, 2, 2);
        Parameters parameters = bench.parameters(1);
        NDArray weight = parameters.weight("fc", new Shape(4, 2), (shape, stream) ->
                new float[] {0.5f, -0.5f, 0.5f, -0.5f, 0.5f, -0.5f, 0.5f, -0.5f});
        LinearNet net = new LinearNet(input, parameters, weight);
        NDArray image = bench.manager().full(new Shape(1).addAll(input), 0.2f);
        return new ProjectedGradient(net, bench, 20, bench.stream(1), () -> {})
                .flipped(image, new int[] {0}, radius, loss, List.of(bench.stream(2)));
    }

    /** The margin of red over green is 50 (r - g), and no change of a pixel by ε takes more than 100 ε of it. */
    @Test
    void robust_accuracy_falls_where_the_margins_are_used_up() throws Exception {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                .testedOn(Swatches.none()
                        .and(0, 0.2, 0, -0.5)
                        .and(0, 0.4, 0, -0.5)
                        .and(1, 0.3, 0, -0.5));

        Measured measured = Measured.by(metric(12, 13, 25, 26), evidence);

        assertEquals(2.0 / 3, measured.figure("accuracy of attacked images"));
        assertEquals(2.0 / 3, measured.figure("robust accuracy at 12/255"));
        assertEquals(1.0 / 3, measured.figure("robust accuracy at 13/255"));
        assertEquals(1.0 / 3, measured.figure("robust accuracy at 25/255"));
        assertEquals(0, measured.figure("robust accuracy at 26/255"));
        assertEquals(1.0 / 3, measured.figure("robust to DLR at 25/255"));
        assertEquals(1.0 / 3, measured.figure("robust to cross-entropy at 25/255"));
        assertEquals(0, measured.figure("masked at 25/255"));
        assertEquals(1.0 / 2, measured.entry(0, 1));
        Series both = measured.measurement().charts().get(0).series().get(2);
        assertEquals(List.of(0.0, 12.0, 13.0, 25.0, 26.0), both.x());
        assertEquals(2.0 / 3, both.y().get(0));
    }

    /** Logits of a million make all other probabilities 0 even in float64. */
    @Test
    void masked_gradients_show_as_a_gap_between_the_losses() throws Exception {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                .testedOn(Swatches.none().and(0, 0.2, 0, -0.5))
                .attacking(ColourClassifier.primary(Swatches.SHAPE, 1e6, bench.parameters(1)));

        Measured measured = Measured.by(metric(13), evidence);

        assertEquals(1, measured.figure("robust to cross-entropy at 13/255"));
        assertEquals(0, measured.figure("robust to DLR at 13/255"));
        assertEquals(0, measured.figure("robust accuracy at 13/255"));
        assertEquals(1, measured.figure("masked at 13/255"));
        assertTrue(measured.figure("attack steps per image") > 2 * 20, "two runs up the flat, and some up the slope");
    }

    @Test
    void the_losses_are_those_of_the_papers() {
        NDArray logits = bench.manager().create(new float[] {3, 1, 2.5f, -1, 0, 2, 0.5f, 1}, new Shape(2, 4));
        int[] labels = {0, 3};

        double[] ratio = RobustnessLoss.DIFFERENCE_OF_LOGITS_RATIO
                .of(logits, labels, bench.operators())
                .toDoubleArray();
        double[] crossEntropy = RobustnessLoss.CROSS_ENTROPY
                .of(logits, labels, bench.operators())
                .toDoubleArray();

        assertArrayEquals(new double[] {-0.5 / 2, 1.0 / 1.5}, ratio, 1e-9);
        assertEquals(-3 + Math.log(Math.exp(3) + Math.exp(1) + Math.exp(2.5) + Math.exp(-1)), crossEntropy[0], 1e-9);
    }

    /** Against central differences in float64. */
    @ParameterizedTest
    @EnumSource(RobustnessLoss.class)
    void the_gradient_of_a_loss_is_that_of_its_formula(RobustnessLoss loss) {
        double[] z = {3, 1, 2.5, -1};
        NDArray leaf = bench.gradients().variable(bench.manager().create(z, new Shape(1, 4)));
        double[] gradient;
        try (Gradients.Recording recording = bench.gradients().recording()) {
            gradient = bench.gradients()
                    .of(loss.of(leaf, new int[] {0}, bench.operators()).sum(), new NDList(leaf))
                    .head()
                    .toDoubleArray();
        }

        for (int i = 0; i < z.length; i++) {
            double step = 1e-6;
            double change = value(loss, z, i, step) - value(loss, z, i, -step);
            assertEquals(change / (2 * step), gradient[i], 1e-8, "logit " + i);
        }
    }

    private static double value(RobustnessLoss loss, double[] z, int changed, double by) {
        double[] moved = z.clone();
        moved[changed] += by;
        return loss.of(bench.manager().create(moved, new Shape(1, 4)), new int[] {0}, bench.operators())
                .sum()
                .getDouble();
    }

    @Test
    void a_test_part_without_images_and_answers_that_are_no_numbers_are_failures() {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);

        assertFails(metric(8), evidence.testedOn(Swatches.none()), "its test part is empty");
        assertFails(metric(8), evidence.testedOn(Swatches.none().and(0, Double.NaN, 0, 0)), "not finite");
    }
}
