package org.obverse.plugins.ifgmi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class ReachTest {
    private static final Workbench BENCH = Workbench.of(ReachTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void with_equal_decays_a_step_is_at_most_the_learning_rate() {
        assertEquals(0.25, Reach.of(50, 0.005, 0.1, 0.1), 1e-12);
        assertEquals(0.06, Reach.of(3, 0.02, 0, 0), 1e-12);
        assertEquals(0, Reach.of(0, 0.02, 0.9, 0.999));
    }

    @Test
    void only_the_second_moment_forgetting_at_once_leaves_no_bound() {
        assertEquals(Double.POSITIVE_INFINITY, Reach.of(2, 0.02, 0.5, 0));
    }

    /** Gradients a / b, where Cauchy and Schwarz hold with equality in the second step. */
    @Test
    void the_worst_gradients_go_as_far_as_told() {
        NDArray point = BENCH.gradients().variable(BENCH.manager().create(new float[] {0}));

        try (ParameterOptimizer adam = BENCH.training().adam(new NDList(point), 0.9, 0.999, 1e-12, 0)) {
            adam.step(new NDList(BENCH.manager().create(new float[] {(float) (0.9 / 0.999)})), 0.5);
            adam.step(new NDList(BENCH.manager().create(new float[] {1})), 0.5);
        }

        assertEquals(Reach.of(2, 0.5, 0.9, 0.999), -point.getFloat(), 1e-6);
    }
}
