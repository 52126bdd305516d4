package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class LabelLossesTest {
    private static final Workbench BENCH = Workbench.of(LabelLossesTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** log(1 + e^-0.5) = 0.4740769842, log(1 + e^2) = 2.1269280110. */
    @Test
    void images_lack_to_be_real_what_the_binary_cross_entropy_says() {
        NDArray a = row(0.5, -2);

        assertEquals(
                (0.4740769842 + 2.1269280110) / 2,
                LabelLosses.unreal(a, BENCH.operators()).getDouble(),
                1e-9);
        assertEquals(
                (0.9740769842 + 0.1269280110) / 2,
                LabelLosses.unfake(a, BENCH.operators()).getDouble(),
                1e-9);
    }

    /** log(e + 1 + e²) - 2 = 0.4076059644 of class 2, and log(1 + e³ + e) - 0 = 3.1698460200 of class 0. */
    @Test
    void the_class_term_is_the_mean_cross_entropy() {
        NDArray logits = BENCH.manager().create(new double[] {1, 0, 2, 0, 3, 1}, new Shape(2, 3));

        assertEquals(
                (0.4076059644 + 3.1698460200) / 2,
                LabelLosses.misclassified(logits, BENCH.manager().create(new long[] {2, 0}))
                        .getDouble(),
                1e-9);
    }

    @Test
    void gradients_agree_with_central_differences() {
        agrees(a -> LabelLosses.unreal(a, BENCH.operators()), 0.5, -2, 3, 0, -0.1, 1);
        agrees(a -> LabelLosses.unfake(a, BENCH.operators()), 0.5, -2, 3, 0, -0.1, 1);
        agrees(
                a -> LabelLosses.misclassified(a.reshape(2, 3), BENCH.manager().create(new long[] {2, 0})),
                0.5,
                -2,
                3,
                0,
                -0.1,
                1);
    }

    private static void agrees(UnaryOperator<NDArray> loss, double... at) {
        NDArray variable = BENCH.gradients().variable(row(at));
        double[] gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            gradient = BENCH.gradients()
                    .of(loss.apply(variable), new NDList(variable))
                    .head()
                    .toDoubleArray();
        }
        double[] differences = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            differences[i] =
                    (loss.apply(row(above)).getDouble() - loss.apply(row(below)).getDouble()) / 2e-5;
        }
        assertArrayEquals(differences, gradient, 1e-9);
    }

    private static NDArray row(double... values) {
        return BENCH.manager().create(values);
    }
}
