package org.obverse.gans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class GradientPenaltyTest {
    private static final Workbench BENCH = Workbench.of(GradientPenaltyTest.class);
    private static final double STEP = 1e-6;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** D(x) = w·x has the slope w everywhere. */
    @Test
    void a_linear_critic_is_punished_for_the_norm_of_its_weight() {
        NDArray weight = BENCH.gradients()
                .variable(BENCH.manager().create(new double[] {2, 0, 2, 1}).reshape(4, 1));

        double penalty = penalty(x -> x.reshape(3, 4).matMul(weight).reshape(-1));

        assertEquals(4, penalty, 1e-12);
    }

    /** D(x) = ½ ‖x‖² has the slope x, here between x = 0 and x' = e₁ at the shares 0, ½ and 1: norms 0.1, 0.55, 1. */
    @Test
    void the_slope_is_taken_between_real_and_fake_at_the_share_of_each_sample() {
        NDArray reals = BENCH.manager().create(new double[] {.1, 0, 0, 0, .1, 0, 0, 0, .1, 0, 0, 0});
        NDArray fakes = BENCH.manager().create(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});

        double penalty = value(
                x -> x.square().reshape(3, 4).sum(new int[] {1}).mul(0.5),
                reals.reshape(3, 1, 2, 2),
                fakes.reshape(3, 1, 2, 2),
                BENCH.manager().create(new double[] {0, 0.5, 1}));

        assertEquals((0.9 * 0.9 + 0.45 * 0.45 + 0) / 3, penalty, 1e-12);
    }

    @Test
    void the_penaltys_gradient_to_the_weights_of_the_published_critic_is_that_of_central_differences() {
        Parameters parameters = Float64.parameters(BENCH, 3);
        WassersteinCritic critic =
                WassersteinCritic.of(Namespace.root(parameters, BENCH.operators()), new Layout(3, 32, 4, 2));
        Pass pass = Pass.training(BENCH.stream(4));
        NDArray reals = Float64.gaussians(BENCH, 5, 2, 3, 32, 32);
        NDArray fakes = Float64.gaussians(BENCH, 6, 2, 3, 32, 32);
        NDArray shares = BENCH.manager().create(new double[] {0.3, 0.8});
        UnaryOperator<NDArray> judge = x -> critic.apply(x, pass);
        parameters.requireGradients(Requirement.TRAINABLE);
        NDList weights = parameters.trainableList();
        NDList gradients;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray penalty = GradientPenalty.of(judge, reals, fakes, shares, BENCH.gradients());
            gradients = BENCH.gradients().of(penalty, weights);
        }
        parameters.requireGradients(Requirement.NONE);

        double scale = 0;
        for (NDArray gradient : gradients) {
            scale = Math.max(scale, gradient.abs().max().getDouble());
        }
        for (int w = 0; w < weights.size(); w++) {
            NDArray weight = weights.get(w);
            for (int element = 0; element < weight.size(); element += 1 + (int) weight.size() / 5) {
                double above = moved(judge, reals, fakes, shares, weight, element, STEP);
                double below = moved(judge, reals, fakes, shares, weight, element, -STEP);
                assertEquals(
                        (above - below) / (2 * STEP),
                        gradients.get(w).flatten().getDouble(element),
                        1e-6 * scale,
                        "weight " + w + ", element " + element);
            }
        }
    }

    private static double moved(
            UnaryOperator<NDArray> judge,
            NDArray reals,
            NDArray fakes,
            NDArray shares,
            NDArray weight,
            int element,
            double by) {
        double[] values = weight.toDoubleArray();
        double[] changed = values.clone();
        changed[element] += by;
        weight.set(changed);
        double value = value(judge, reals, fakes, shares);
        weight.set(values);
        return value;
    }

    private static double penalty(UnaryOperator<NDArray> critic) {
        return value(
                critic,
                Float64.gaussians(BENCH, 1, 3, 1, 2, 2),
                Float64.gaussians(BENCH, 2, 3, 1, 2, 2),
                BENCH.manager().create(new double[] {0.2, 0.5, 0.9}));
    }

    private static double value(UnaryOperator<NDArray> critic, NDArray reals, NDArray fakes, NDArray shares) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            return GradientPenalty.of(critic, reals, fakes, shares, BENCH.gradients())
                    .getDouble();
        }
    }
}
