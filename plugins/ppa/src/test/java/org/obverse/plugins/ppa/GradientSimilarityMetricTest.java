package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;

class GradientSimilarityMetricTest {
    private static final float NONE = Float.NaN;
    private static final Workbench BENCH =
            Workbench.of(GradientSimilarityMetricTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static Measurement measure(Curve... curves) throws MetricFailedException {
        Candidates candidates = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(3, 3, 2, 2))),
                List.of(4, 4, 6),
                Collections.nCopies(3, 0.0),
                List.of(curves));
        return GradientSimilarityMetric.of(candidates);
    }

    @Test
    void it_is_the_mean_and_population_deviation_over_candidates_and_counts_steps_without_a_gradient()
            throws Exception {
        Measurement found = measure(new Curve(
                GradientSimilarity.CURVE,
                List.of(new float[] {NONE, 0.5f, 1, 0.25f}, new float[] {NONE, -0.5f, NONE, NONE}, new float[] {
                    NONE, 0.75f, NONE, 0.75f
                })));

        assertEquals(
                (0.5 + 1 + 0.25 - 0.5 + 0.75 + 0.75) / 6, found.figures().get(0).value(), 1e-12);
        assertEquals(3.0 / 9, found.figures().get(1).value(), 1e-12);
        assertEquals(
                (0.5 + 1 + 0.25 - 0.5) / 4,
                found.tables().get(0).rows().get(0).values().get(0),
                1e-12);
        assertEquals(0.75, found.tables().get(0).rows().get(1).values().get(0), 1e-12);
        Series series = found.charts().get(0).series().get(0);
        assertEquals(List.of(2.0, 3.0, 4.0), series.x());
        assertEquals(List.of(0.25, 1.0, 0.5), series.y());
        double deviation = Math.sqrt((0.25 * 0.25 + 0.75 * 0.75 + 0.5 * 0.5) / 3);
        assertEquals(0.25 - deviation, series.low().get(0), 1e-12);
        assertEquals(0.25 + deviation, series.high().get(0), 1e-12);
    }

    @Test
    void an_optimizer_that_kept_no_gradients_is_told_by_which_key_it_would() {
        assertFails("gradient-similarity: true", new Curve("loss", List.of()));
    }

    private static void assertFails(String reason, Curve curve) {
        MetricFailedException failure = assertThrows(MetricFailedException.class, () -> measure(curve));
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
    }

    @Test
    void gradients_that_are_all_zero_have_no_similarity() {
        Curve zeros = new Curve(GradientSimilarity.CURVE, Collections.nCopies(3, new float[] {NONE, NONE}));

        assertFails("the target saturates", zeros);
    }
}
