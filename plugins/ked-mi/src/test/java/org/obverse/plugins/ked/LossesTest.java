package org.obverse.plugins.ked;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class LossesTest {
    private static final Workbench BENCH = Workbench.of(LossesTest.class);
    private static final double STEP = 1e-6;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** e^(log 1) + e^(log 2) + e^(log 3) = 6. */
    @Test
    void realness_is_the_log_of_the_summed_exponentials() {
        NDArray realness = Losses.realness(array(1, 3, 0, Math.log(2), Math.log(3)));

        assertEquals(Math.log(6), realness.getDouble(0), 1e-12);
    }

    @Test
    void realness_survives_logits_of_a_thousand() {
        NDArray realness = Losses.realness(array(2, 2, 1000, 1000, -1000, -1000));

        assertEquals(1000 + Math.log(2), realness.getDouble(0), 1e-9);
        assertEquals(-1000 + Math.log(2), realness.getDouble(1), 1e-9);
    }

    /** With two logits log(q / 2) each, the sum is q: real with q / (1 + q). */
    @Test
    void an_image_is_real_with_the_odds_of_its_summed_exponentials() {
        NDArray logits = array(2, 2, Math.log(1.5), Math.log(1.5), Math.log(0.5), Math.log(0.5));

        double unreal = Losses.unreal(logits, BENCH.operators()).getDouble();
        double unfake = Losses.unfake(logits, BENCH.operators()).getDouble();

        assertEquals(-(Math.log(3.0 / 4) + Math.log(1.0 / 2)) / 2, unreal, 1e-12);
        assertEquals(-(Math.log(1.0 / 4) + Math.log(1.0 / 2)) / 2, unfake, 1e-12);
    }

    /** Of the page: softCE(D(x), T(x)) + ½ [mean softplus(s') - mean s' + mean softplus(s'')]. */
    @Test
    void the_discriminators_loss_is_that_of_the_page() {
        NDArray known = array(2, 3, 0.3, -1, 2, 0.1, 0.2, -0.4);
        NDArray confidences = array(2, 3, 0.7, 0.2, 0.1, 0, 1, 0);
        NDArray others = array(2, 3, 1, 0.5, -0.2, -3, 0.8, 0.6);
        NDArray fakes = array(2, 3, -2, 0.4, -1, 0.9, -0.3, 0);

        double loss = Losses.discriminator(known, confidences, others, fakes, 1, BENCH.operators())
                .getDouble();

        double soft = -(0.7 * log(0, 0.3, -1, 2)
                        + 0.2 * log(1, 0.3, -1, 2)
                        + 0.1 * log(2, 0.3, -1, 2)
                        + log(1, 0.1, 0.2, -0.4))
                / 2;
        double real = (softplus(lse(1, 0.5, -0.2)) + softplus(lse(-3, 0.8, 0.6))) / 2
                - (lse(1, 0.5, -0.2) + lse(-3, 0.8, 0.6)) / 2;
        double fake = (softplus(lse(-2, 0.4, -1)) + softplus(lse(0.9, -0.3, 0))) / 2;
        assertEquals(soft + 0.5 * (real + fake), loss, 1e-12);
    }

    @Test
    void the_discriminators_gradient_is_that_of_central_differences() {
        NDArray confidences = array(2, 3, 0.7, 0.2, 0.1, 0, 1, 0);
        agrees(logits ->
                Losses.discriminator(logits, confidences, logits.mul(-0.7), logits.add(0.3), 1, BENCH.operators()));
    }

    @Test
    void without_knowledge_the_target_is_not_in_the_loss() {
        NDArray logits = array(1, 2, 0.3, -1);

        double one = Losses.discriminator(logits, array(1, 2, 1, 0), logits, logits, 0, BENCH.operators())
                .getDouble();
        double other = Losses.discriminator(logits, array(1, 2, 0, 1), logits, logits, 0, BENCH.operators())
                .getDouble();

        assertEquals(one, other);
    }

    /** |(1 + 3) / 2 - (0 + 0) / 2| = 2 and |(0 + 2) / 2 - (4 + 6) / 2| = 4, in the mean 3. */
    @Test
    void features_are_matched_in_the_mean_over_each_batch() {
        double mismatch = Losses.mismatch(array(2, 2, 1, 0, 3, 2), array(2, 2, 0, 4, 0, 6))
                .getDouble();

        assertEquals(3, mismatch, 1e-12);
    }

    /** Two equal logits have the entropy log 2; the probabilities ¼ and ¾ have log 4 - ¾ log 3. */
    @Test
    void the_entropy_is_summed_over_the_batch() {
        double entropy = Losses.entropy(array(2, 2, 5, 5, 0, Math.log(3))).getDouble();

        assertEquals(Math.log(2) + Math.log(4) - 0.75 * Math.log(3), entropy, 1e-12);
    }

    @Test
    void the_entropys_gradient_is_that_of_central_differences() {
        agrees(Losses::entropy);
    }

    private static void agrees(UnaryOperator<NDArray> loss) {
        double[] values = {0.3, -1, 2, 0.1, 0.2, -0.4};
        NDArray logits = BENCH.gradients().variable(array(2, 3, values));
        double[] gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            gradient = BENCH.gradients()
                    .of(loss.apply(logits), new NDList(logits))
                    .head()
                    .toDoubleArray();
        }
        for (int i = 0; i < values.length; i++) {
            double[] above = values.clone();
            above[i] += STEP;
            double[] below = values.clone();
            below[i] -= STEP;
            assertEquals(
                    (loss.apply(array(2, 3, above)).getDouble()
                                    - loss.apply(array(2, 3, below)).getDouble())
                            / (2 * STEP),
                    gradient[i],
                    1e-8);
        }
    }

    private static double log(int index, double... logits) {
        return logits[index] - lse(logits);
    }

    private static double lse(double... logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum);
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    private static NDArray array(long rows, long columns, double... values) {
        return BENCH.manager().create(values, new Shape(rows, columns));
    }
}
