package org.obverse.plugins.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.tensor.Gradients;
import org.obverse.plugins.losses.Distillation.StudentTemperature;
import org.obverse.testkit.Workbench;

/** In float64, so that worked numbers hold to their last digit. */
class LossesTest {
    private static final Workbench BENCH = Workbench.of(LossesTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_focal_loss_of_a_probability_of_seven_tenths_is_the_worked_number() {
        double[] logits = {Math.log(0.7), Math.log(0.2), Math.log(0.1)};

        assertEquals(0.0321007450, loss(focal(2), 0, logits), 1e-10);
    }

    @Test
    void the_gradient_of_the_focal_loss_is_the_worked_one() {
        assertArrayEquals(new double[] {-0.1837369, 0.0569631, 0.1267738}, gradient(focal(2), 0, 1, -0.5, 0.3), 5e-8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 3})
    void the_gradient_of_the_focal_loss_is_the_closed_form(double gamma) {
        double[] z = {0.4, -1.2, 2.1, 0};
        double[] p = softmax(z);
        int y = 3;
        double slope = gamma * p[y] * Math.log(p[y]) * Math.pow(1 - p[y], gamma - 1) - Math.pow(1 - p[y], gamma);
        double[] expected = new double[4];
        for (int j = 0; j < 4; j++) {
            expected[j] = slope * ((j == y ? 1 : 0) - p[j]);
        }

        assertArrayEquals(expected, gradient(focal(gamma), y, z), 1e-12);
    }

    private static NDArray distilled(StudentTemperature at, double temperature, NDArray student) {
        NDArray teacher = row(DataType.FLOAT64, 2, 0, -1);
        return new DistillationLoss(new Distillation("teacher", temperature, at)).loss(student, teacher);
    }

    @Test
    void the_distillation_losses_are_the_worked_numbers() {
        NDArray student = row(DataType.FLOAT64, 0.5, 0.2, -0.3);

        assertEquals(1.0222771043, distilled(StudentTemperature.ONE, 3, student).getDouble(0), 1e-10);
        assertEquals(
                0.4712141144, distilled(StudentTemperature.SAME, 3, student).getDouble(0), 1e-10);
    }

    @Test
    void the_gradient_of_distillation_is_the_worked_one() {
        double[] gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray student = BENCH.gradients().variable(row(DataType.FLOAT64, 0.5, 0.2, -0.3));
            NDArray loss = distilled(StudentTemperature.SAME, 3, student).sum();
            gradient = BENCH.gradients().of(loss, new NDList(student)).head().toDoubleArray();
        }

        // The page's gradient is that of the divergence alone, without T².
        assertArrayEquals(new double[] {9 * -0.05237462, 9 * 0.02196242, 9 * 0.03041220}, gradient, 1e-7);
    }

    @Test
    void a_student_that_answers_as_its_teacher_has_no_divergence() {
        assertEquals(
                0,
                distilled(StudentTemperature.SAME, 20, row(DataType.FLOAT64, 5, 3, 2))
                        .getDouble(0),
                1e-12);
    }

    @Test
    void without_an_exponent_the_focal_loss_is_cross_entropy() {
        double[] z = {0.4, -1.2, 2.1, 0};

        assertEquals(-Math.log(softmax(z)[1]), loss(focal(0), 1, z), 1e-12);
    }

    @Test
    void flsd_53_has_the_exponent_5_below_two_tenths_and_3_from_there_on() {
        FocalLoss dependent = new FocalLoss(new Focal(1, Focus.FLSD_53));

        for (double p : new double[] {0.05, 0.19, 0.21, 0.9}) {
            double exponent = p < 0.2 ? 5 : 3;
            assertEquals(
                    -Math.pow(1 - p, exponent) * Math.log(p), loss(dependent, 0, Math.log(p), Math.log(1 - p)), 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 3})
    void a_sample_that_is_sure_has_no_focal_loss_and_a_finite_gradient(double gamma) {
        float[] gradient =
                gradients(focal(gamma), 0, row(DataType.FLOAT32, 300, 0, -300)).toFloatArray();

        assertArrayEquals(new float[3], gradient, 1e-6f);
        assertEquals(0, loss(focal(gamma), 0, 300, 0, -300), 1e-6);
    }

    @Test
    void a_sample_that_is_surely_wrong_has_the_slope_of_cross_entropy() {
        float[] gradient =
                gradients(focal(3), 2, row(DataType.FLOAT32, 300, 0, -300)).toFloatArray();

        assertArrayEquals(new float[] {1, 0, -1}, gradient, 1e-6f);
    }

    @Test
    void an_auxiliary_head_has_a_focal_loss_of_its_own_whose_further_outputs_are_never_right() {
        NDArray logits = row(DataType.FLOAT64, 1, -0.5, 0.3);
        NDArray auxiliary = row(DataType.FLOAT64, 0.2, 0.1, -0.7, 50);
        Activations both = new Activations(logits, Map.of(Tap.AUXILIARY, auxiliary));

        assertEquals(
                loss(focal(2), 0, 1, -0.5, 0.3) + loss(focal(2), 0, 0.2, 0.1, -0.7, 50),
                focal(2).loss(logits, both, target(0, 3), logits).getDouble(0),
                1e-12);
    }

    @Test
    void the_focal_loss_of_labels_that_are_no_single_class_is_refused() {
        NDArray logits = row(DataType.FLOAT64, 1, -0.5, 0.3);
        NDArray smoothed = target(0, 3).mul(0.9).add(0.1 / 3);
        Activations activations = new Activations(logits, Map.of());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> focal(2).loss(logits, activations, smoothed, logits));
        assertTrue(
                refusal.problems().get(0).message().contains("'focal' is defined for labels of one class"),
                refusal::getMessage);
    }

    @Test
    void the_focal_loss_goes_by_the_label_that_a_defense_left() {
        NDArray logits = row(DataType.FLOAT64, 1, -0.5, 0.3);
        Activations activations = new Activations(logits, Map.of());
        NDArray original = BENCH.manager().create(new long[] {0});

        assertEquals(
                loss(focal(2), 2, 1, -0.5, 0.3),
                focal(2).loss(logits, activations, target(2, 3), original).getDouble(0),
                1e-12);
    }

    @Test
    void the_confidence_penalty_is_the_worked_entropy_with_its_gradient() {
        LossTerm penalty = new NegativeEntropy(0.1);

        assertEquals(-1.0495712811, loss(penalty, 0, 0.5, 0.2, -0.3), 1e-10);
        assertArrayEquals(new double[] {0.1212715, -0.0116350, -0.1096366}, gradient(penalty, 0, 0.5, 0.2, -0.3), 5e-8);
    }

    @Test
    void certain_scores_have_no_entropy_and_a_finite_gradient() {
        LossTerm penalty = new NegativeEntropy(-0.1);

        assertEquals(0, loss(penalty, 0, 300, 0, -300), 1e-12);
        assertArrayEquals(
                new float[3],
                gradients(penalty, 0, row(DataType.FLOAT32, 300, 0, -300)).toFloatArray(),
                1e-6f);
    }

    private static FocalLoss focal(double gamma) {
        return new FocalLoss(new Focal(gamma, Focus.CONSTANT));
    }

    private static double loss(LossTerm term, int label, double... logits) {
        NDArray row = row(DataType.FLOAT64, logits);
        return value(term, label, row).getDouble(0);
    }

    private static double[] gradient(LossTerm term, int label, double... logits) {
        return gradients(term, label, row(DataType.FLOAT64, logits)).toDoubleArray();
    }

    private static NDArray gradients(LossTerm term, int label, NDArray row) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray logits = BENCH.gradients().variable(row);
            return BENCH.gradients()
                    .of(value(term, label, logits).sum(), new NDList(logits))
                    .head();
        }
    }

    private static NDArray value(LossTerm term, int label, NDArray logits) {
        NDArray target = target(label, (int) logits.getShape().get(1)).toType(logits.getDataType(), false);
        return term.loss(logits, new Activations(logits, Map.of()), target, target);
    }

    private static NDArray target(int label, int classes) {
        double[] target = new double[classes];
        target[label] = 1;
        return BENCH.manager().create(target, new Shape(1, classes));
    }

    private static NDArray row(DataType type, double... logits) {
        return BENCH.manager().create(logits, new Shape(1, logits.length)).toType(type, false);
    }

    private static double[] softmax(double... logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }
}
