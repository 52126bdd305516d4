package org.obverse.plugins.lomma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class DistillationTest {
    private static final Workbench BENCH = Workbench.of(DistillationTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_divergence_of_softened_scores_and_its_gradient_are_those_worked_out_by_hand() {
        NDArray teacher = row(2, 0, -1);
        NDArray wanted = teacher.div(3).softmax(1);

        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray student = BENCH.gradients().variable(row(.5, .2, -.3));
            NDArray loss = Distillation.divergence(wanted, student, 3);
            NDArray gradient =
                    BENCH.gradients().of(loss.sum(), new NDList(student)).head();

            assertEquals(.0523571238, loss.getDouble(0), 1e-9);
            assertArrayEquals(new double[] {-.05237462, .02196242, .03041220}, gradient.toDoubleArray(), 1e-7);
        }
    }

    @Test
    void scores_say_as_much_as_logits_at_every_temperature() {
        NDArray logits = row(2, 0, -1);
        Answers answers = new Answers(logits.logSoftmax(1));

        assertArrayEquals(
                logits.div(3).softmax(1).toDoubleArray(),
                answers.soft(BENCH.manager(), 3, 0).toDoubleArray(),
                1e-12);
    }

    @Test
    void the_median_margin_is_that_of_the_two_best_classes() {
        NDArray scores = BENCH.manager()
                .create(new float[] {0, -1, -9, -3, 0, -8, -2, -5, 0, 0, -4, -5, -7, 0, -6}, new Shape(5, 3));

        assertEquals(3, new Answers(scores).medianMargin(), 1e-6);
    }

    @Test
    void a_tenth_of_the_public_images_is_kept_back_and_the_rest_must_fill_a_batch() {
        assertEquals(3, Distillation.leastImages(2));
        assertEquals(19, Distillation.leastImages(18));
        assertEquals(21, Distillation.leastImages(19));
        assertEquals(71, Distillation.leastImages(64));
    }

    private static NDArray row(double... values) {
        return BENCH.manager().create(values, new Shape(1, values.length));
    }
}
