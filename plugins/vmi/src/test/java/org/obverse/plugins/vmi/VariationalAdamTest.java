package org.obverse.plugins.vmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Use;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.PlainGenerator;

class VariationalAdamTest {
    private static final Workbench BENCH =
            Workbench.of(VariationalAdamTest.class).with(new IdentityLossesPlugin());
    private static final int LATENT = 6;
    private static final Classifier TARGET = LinearNet.at(BENCH, 8, 31, 1);
    private static final FlowSettings GLOW = new FlowSettings(1, 2, 8, 0);
    private static final FlowSettings GAUSSIAN = new FlowSettings(1, 0, 1, 0);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The minimum of {@code E log(1 + exp(−3 z)) + γ KL} over means and deviations, by quadrature on a grid. */
    @Test
    void on_a_line_the_gaussian_is_where_quadrature_finds_the_minimum() {
        double weight = .5;
        StageUnit unit = StageUnit.of(BENCH, List.of(0), new Line())
                .withTarget(new Line.Logistic(BENCH.parameters(1), 3))
                .withBatch(300);
        Candidates start = new PriorFlows(GAUSSIAN).sample(unit);

        Candidates near = search(200, 300, .02, weight).optimize(start, unit);
        Candidates found = search(200, 300, .0005, weight).optimize(near, unit);

        float[] parameters = ((Posteriors) found.representation()).parameters().toFloatArray();
        double[] best = minimum(weight);
        assertEquals(best[0], parameters[1], .02, "mean");
        assertEquals(best[1], Math.exp(parameters[0]), .02, "deviation");
    }

    private static double[] minimum(double weight) {
        double[] best = {0, 0, Double.POSITIVE_INFINITY};
        for (double mean = 0; mean < 2; mean += .005) {
            for (double deviation = .2; deviation < 1.5; deviation += .005) {
                double value = weight * .5 * (deviation * deviation + mean * mean - 1 - 2 * Math.log(deviation));
                for (double e = -6; e <= 6; e += .05) {
                    double density = Math.exp(-.5 * e * e) / Math.sqrt(2 * Math.PI) * .05;
                    value += density * Math.log1p(Math.exp(-3 * (mean + deviation * e)));
                }
                if (value < best[2]) {
                    best = new double[] {mean, deviation, value};
                }
            }
        }
        return best;
    }

    @Test
    void the_target_comes_to_recognise_what_is_drawn_from_a_gaussian_and_from_a_flow() {
        for (FlowSettings flows : List.of(GAUSSIAN, GLOW)) {
            Candidates found = search(80, 4, .02, 1e-3).optimize(start(flows, 0, 3), unit(16, Long.MAX_VALUE, 0, 3));

            for (float[] confidence : found.curves().get(1).values()) {
                double first = mean(confidence, 0, 20);
                double last = mean(confidence, 60, 80);
                assertTrue(last > 1.3 * first, () -> flows + ": confidence went from " + first + " to " + last);
            }
        }
    }

    @Test
    void a_heavy_divergence_keeps_the_distribution_at_the_prior() {
        double light = divergence(search(60, 4, .02, 0).optimize(start(GLOW, 3), unit(8, Long.MAX_VALUE, 3)));
        double heavy = divergence(search(60, 4, .02, 10).optimize(start(GLOW, 3), unit(8, Long.MAX_VALUE, 3)));

        assertTrue(heavy < light / 5, () -> heavy + " nats are no less than " + light);
    }

    private static double divergence(Candidates found) {
        return ((Posteriors) found.representation())
                .draws(500, List.of(BENCH.stream(5)))
                .divergence()
                .getFloat();
    }

    @Test
    void each_draw_is_a_query_and_the_score_is_the_mean_confidence_of_the_last_ones() {
        StageUnit unit = unit(16, Long.MAX_VALUE, 0, 3);

        Candidates found = search(5, 4, .02, 1e-3).optimize(start(GAUSSIAN, 0, 3), unit);

        assertEquals(5 * 4 * 2, unit.queries());
        assertEquals(
                Math.exp(found.scores().get(1)), found.curves().get(1).values().get(1)[4], 1e-6);
        assertEquals("divergence", found.curves().get(2).name());
        assertEquals(5, found.curves().get(2).values().get(0).length);
    }

    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        float[] together = values(search(4, 4, .02, .1).optimize(start(GLOW, 0, 3), unit(16, Long.MAX_VALUE, 0, 3)));
        float[] apart = values(search(4, 4, .02, .1).optimize(start(GLOW, 0, 3), unit(1, Long.MAX_VALUE, 0, 3)));
        float[] alone = values(search(4, 4, .02, .1).optimize(start(GLOW, 3), unit(16, Long.MAX_VALUE, 3)));

        assertArrayEquals(together, apart, 1e-4f);
        assertArrayEquals(Arrays.copyOfRange(together, together.length / 2, together.length), alone, 1e-4f);
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        StageUnit unit = unit(16, 25, 0, 3);

        assertThrows(BudgetSpentException.class, () -> search(10, 4, .02, .1).optimize(start(GLOW, 0, 3), unit));

        assertEquals(24, unit.queries());
        assertArrayEquals(
                values(search(3, 4, .02, .1).optimize(start(GLOW, 0, 3), unit(16, 24, 0, 3))),
                values(unit.foundWhenSpent()));
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(16, 0, 0);

        assertThrows(BudgetSpentException.class, () -> search(10, 4, .02, .1).optimize(start(GLOW, 0), unit));

        assertArrayEquals(values(start(GLOW, 0)), values(unit.foundWhenSpent()));
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(30));
    }

    private static int arraysAfter(int steps) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(steps, 2, .02, .1).optimize(start(GLOW, 0, 3), unit(8, Long.MAX_VALUE, 0, 3));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    /** Of eight columns, two for each coordinate, the middle four. */
    @Test
    void the_target_sees_what_the_framing_shows() {
        Classifier small = LinearNet.at(BENCH, 4, 31, 1);
        StageUnit unit =
                StageUnit.of(BENCH, List.of(0), new PlainGenerator(LATENT, 8)).withTarget(small);
        VariationalSettings framed = new VariationalSettings(1, 4, .02, .9, .999, Use.of("cross-entropy"), 0, 4, 0);

        Candidates found = new VariationalAdam(framed, BENCH).optimize(start(GAUSSIAN, 0), unit);

        float[] before = values(start(GAUSSIAN, 0));
        float[] after = values(found);
        for (int i = LATENT; i < 2 * LATENT; i++) {
            boolean seen = i - LATENT == 1 || i - LATENT == 2;
            assertEquals(seen, before[i] != after[i], "mean of coordinate " + (i - LATENT));
        }
    }

    private static VariationalAdam search(int steps, int draws, double rate, double divergence) {
        return new VariationalAdam(
                new VariationalSettings(steps, draws, rate, .9, .999, Use.of("cross-entropy"), divergence, 0, 0),
                BENCH);
    }

    private static StageUnit unit(int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), new PlainGenerator(LATENT, 8))
                .withTarget(TARGET)
                .withBatch(batch)
                .withBudget(budget);
    }

    private static Candidates start(FlowSettings settings, Integer... classes) {
        return new PriorFlows(settings).sample(unit(8, 0, classes));
    }

    private static float[] values(Candidates candidates) {
        return ((Posteriors) candidates.representation()).parameters().toFloatArray();
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i] / (to - from);
        }
        return sum;
    }
}
