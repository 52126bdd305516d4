package org.obverse.plugins.ked;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Use;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.PlainGenerator;

class GaussianAdamTest {
    private static final Workbench BENCH = Workbench.of(GaussianAdamTest.class).with(new IdentityLossesPlugin());
    private static final int LATENT = 6;
    private static final Classifier TARGET = LinearNet.at(BENCH, 8, 31, 1);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_first_step_of_adam_moves_by_the_learning_rate_against_the_sign_of_the_gradient() {
        Candidates start = start(1, 4);

        Candidates found = search(settings(1, 0)).optimize(start, unit(8, Long.MAX_VALUE, 4));

        double[] gradient = differences(4);
        float[] moved = values(found);
        float[] before = values(start);
        for (int i = 0; i < moved.length; i++) {
            assertEquals(-0.02 * Math.signum(gradient[i]), moved[i] - before[i], 1e-4, "coordinate " + i);
        }
    }

    @Test
    void the_target_comes_to_recognise_what_is_drawn() {
        Candidates start = start(1, 0, 3);

        Candidates found = search(settings(150, 0)).optimize(start, unit(8, Long.MAX_VALUE, 0, 3));

        float[] confidence = found.curves().get(1).values().get(0);
        double first = mean(confidence, 0, 30);
        double last = mean(confidence, 120, 150);
        assertTrue(last > 1.5 * first, () -> "confidence went from " + first + " to " + last);
        assertEquals(150, confidence.length);
    }

    @Test
    void without_the_discriminator_neither_batch_nor_neighbours_change_a_candidate() {
        float[] together = values(search(settings(5, 0)).optimize(start(2, 0, 3), unit(8, Long.MAX_VALUE, 0, 3)));
        float[] apart = values(search(settings(5, 0)).optimize(start(2, 0, 3), unit(1, Long.MAX_VALUE, 0, 3)));
        float[] alone = values(search(settings(5, 0)).optimize(start(2, 3), unit(8, Long.MAX_VALUE, 3)));

        assertArrayEquals(together, apart, 1e-5f);
        assertArrayEquals(Arrays.copyOfRange(together, together.length / 2, together.length), alone, 1e-5f);
    }

    @Test
    void a_discriminator_that_compares_images_couples_the_batch_as_declared() {
        float[] together = values(search(settings(5, 50)).optimize(start(2, 0, 3), unit(8, Long.MAX_VALUE, 0, 3)));
        float[] apart = values(search(settings(5, 50)).optimize(start(2, 0, 3), unit(1, Long.MAX_VALUE, 0, 3)));

        assertFalse(Arrays.equals(together, apart));
        assertFalse(needs(settings(5, 50)).isEmpty());
        assertTrue(needs(settings(5, 0)).isEmpty());
    }

    @Test
    void the_discriminator_is_found_among_what_was_prepared_and_pulls() {
        double dark = brightness(search(settings(60, 0)).optimize(start(1, 0), unit(8, Long.MAX_VALUE, 0)));
        double bright = brightness(search(settings(60, 1000)).optimize(start(1, 0), unit(8, Long.MAX_VALUE, 0)));

        assertTrue(bright > dark, () -> bright + " is no more than " + dark);
    }

    @Test
    void a_discriminator_of_another_targets_classes_is_refused() {
        Classifier strange = new Sum(TARGET.input(), 7, TARGET.parameters(), 0);
        StageUnit unit = StageUnit.of(BENCH, List.of(0), new PlainGenerator(LATENT, 8))
                .withTarget(TARGET)
                .withNetwork(InversionGan.DISCRIMINATOR, strange)
                .withBatch(8);

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> search(settings(1, 1)).optimize(start(1, 0), unit));

        assertEquals(
                "the discriminator knows 7 classes and the target has 10",
                refusal.problems().get(0).message());
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        StageUnit unit = unit(8, 7, 0, 3);

        assertThrows(BudgetSpentException.class, () -> search(settings(10, 0)).optimize(start(1, 0, 3), unit));

        assertEquals(6, unit.queries());
        assertArrayEquals(
                values(search(settings(3, 0)).optimize(start(1, 0, 3), unit(8, 6, 0, 3))),
                values(unit.foundWhenSpent()));
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(8, 0, 0);

        assertThrows(BudgetSpentException.class, () -> search(settings(10, 0)).optimize(start(1, 0), unit));

        assertArrayEquals(values(start(1, 0)), values(unit.foundWhenSpent()));
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(40));
    }

    private static int arraysAfter(int steps) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(settings(steps, 1)).optimize(start(1, 0, 3), unit(8, Long.MAX_VALUE, 0, 3));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void images_are_no_start() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 3, 8, 8))), List.of(0), List.of(0.0), List.of());

        assertThrows(
                InvalidConfigurationException.class,
                () -> search(settings(1, 0)).optimize(images, unit(8, Long.MAX_VALUE, 0)));
    }

    /** Of 100 times the cross-entropy of the first draw, in every coordinate of mean and log-variance. */
    private static double[] differences(int wanted) {
        float[] start = values(start(1, wanted));
        double[] gradient = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            gradient[i] = (loss(start, i, 1e-2f, wanted) - loss(start, i, -1e-2f, wanted)) / 2e-2;
        }
        return gradient;
    }

    private static double loss(float[] start, int coordinate, float by, int wanted) {
        float[] moved = start.clone();
        moved[coordinate] += by;
        NDArray distributions = BENCH.manager().create(moved, new Shape(1, 2, LATENT));
        var stream = start(1, wanted).stream(BENCH.stream(11), 0).child("step", 0);
        NDArray z = Gaussians.z(distributions, Gaussians.noise(BENCH.manager(), List.of(stream), LATENT));
        NDArray logits = TARGET.forward(new PlainGenerator(LATENT, 8).generate(z), Pass.evaluation(BENCH.stream(1)))
                .logits();
        return -logits.toType(DataType.FLOAT64, true).logSoftmax(1).getDouble(0, wanted);
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i] / (to - from);
        }
        return sum;
    }

    private static String needs(GaussianSettings settings) {
        return KedPlugin.ADAM.requirements().apply(settings).coupling();
    }

    private static GaussianAdam search(GaussianSettings settings) {
        return new GaussianAdam(settings, BENCH);
    }

    private static GaussianSettings settings(int steps, double realism) {
        return new GaussianSettings(steps, 0.02, 0.9, 0.999, Use.of("cross-entropy"), 100, realism);
    }

    private static StageUnit unit(int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), new PlainGenerator(LATENT, 8))
                .withTarget(TARGET)
                .withNetwork(InversionGan.DISCRIMINATOR, new Sum(TARGET.input(), 10, TARGET.parameters(), 3))
                .withBatch(batch)
                .withBudget(budget);
    }

    private static Candidates start(int candidates, Integer... classes) {
        return new StandardGaussian(new StandardGaussian.Settings(candidates, 1))
                .sample(unit(8, Long.MAX_VALUE, classes));
    }

    private static float[] values(Candidates candidates) {
        return ((Gaussians) candidates.representation()).distributions().toFloatArray();
    }

    private static double brightness(Candidates candidates) {
        return ((Gaussians) candidates.representation())
                .distributions()
                .get(":,0")
                .tanh()
                .sum()
                .getFloat();
    }
}
