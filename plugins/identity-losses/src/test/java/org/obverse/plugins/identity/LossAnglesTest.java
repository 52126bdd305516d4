package org.obverse.plugins.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.RowGenerator;

class LossAnglesTest {
    private static final Workbench BENCH = Workbench.of(LossAnglesTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void with_two_classes_cross_entropy_and_margin_pull_alike_and_a_linear_model_stays_as_it_is() throws Exception {
        Figures found = figures(Linear.of(BENCH, new double[][] {{3, 1}, {0, 2}}), 0.3f, 0.1f);

        assertEquals(1, found.of("cross-entropy and margin (point)"), 1e-6);
        assertEquals(1, found.of("margin after a step (point)"), 1e-6);
        assertEquals(0, found.of("vanished cross-entropy (point)"));
    }

    @Test
    void of_three_classes_the_cosine_is_that_of_the_closed_form() throws Exception {
        Figures found = figures(Linear.of(BENCH, new double[][] {{3, 1}, {0, 2}, {-1, -1}}), 0.3f, 0.1f);

        // Logits 1, 0.2, -0.4; the cross-entropy's gradient is Σ p_k w_k − w_0, the margin's w_1 − w_0.
        double[] e = {Math.exp(1), Math.exp(0.2), Math.exp(-0.4)};
        double sum = e[0] + e[1] + e[2];
        double x = (3 * e[0] - e[2]) / sum - 3;
        double y = (e[0] + 2 * e[1] - e[2]) / sum - 1;
        double cosine = (-3 * x + y) / Math.hypot(x, y) / Math.sqrt(10);
        assertEquals(cosine, found.of("cross-entropy and margin (point)"), 1e-6);
    }

    @Test
    void a_certain_model_has_no_cross_entropy_left_to_go_down() throws Exception {
        for (double scale : new double[] {100, 1000}) {
            Linear certain = Linear.of(BENCH, new double[][] {{3 * scale, scale}, {0, 2 * scale}});

            assertEquals(1, figures(certain, 0.3f, 0.1f).of("vanished cross-entropy (point)"));
        }
    }

    @Test
    void a_model_without_gradients_has_no_angles() {
        MetricFailedException failed = assertThrows(
                MetricFailedException.class,
                () -> figures(Linear.of(BENCH, new double[][] {{0, 0}, {0, 0}}), 0.3f, 0.1f));

        assertTrue(String.valueOf(failed.getMessage()).startsWith("vanished cross-entropy (point): "));
    }

    private static Figures figures(Classifier model, float... point) throws MetricFailedException {
        LossAngles angles = new LossAngles(BENCH, model, Pass.evaluation(BENCH.stream(1)), 0.01, "point");
        NDArray points = BENCH.manager().create(point, new Shape(1, 2));
        angles.look(points, BENCH.manager().create(new long[] {0}), new RowGenerator(2)::generate);
        return new Figures(angles.figures());
    }

    private record Figures(List<Figure> all) {
        double of(String name) {
            return all.stream()
                    .filter(figure -> figure.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }
}
