package org.obverse.plugins.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Representation;
import org.obverse.api.data.Dataset;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.AttackedUnit;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class PixelDescentTest {
    private static final Workbench BENCH = Workbench.of(PixelDescentTest.class).with(new IdentityLossesPlugin());
    private static final int SIDE = 6;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final LinearNet TARGET = LinearNet.at(BENCH, SIDE, 31, 1);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void grey_is_0_everywhere() {
        assertArrayEquals(new float[PIXELS], values(start(Start.GREY, 1, 4)));
    }

    @Test
    void noise_fills_the_range_and_differs_between_candidates() {
        float[] noise = values(start(Start.NOISE, 40, 4));

        assertEquals(0, mean(noise), 3 / Math.sqrt(3.0 * noise.length));
        assertEquals(1.0 / 3, meanSquare(noise), 0.03);
        assertTrue(largest(noise) <= 1 && largest(noise) > 0.99);
        assertTrue(noise[0] != noise[PIXELS]);
    }

    @Test
    void the_start_costs_no_query() {
        StageUnit unit = unit(8, 0, 4);

        new PlainImages(new StartSettings(Start.NOISE, 2)).sample(unit);

        assertEquals(0, unit.queries());
    }

    /** The gradient of the cross-entropy of a linear classifier is {@code W (softmax(o) − e_y)}. */
    @Test
    void the_first_step_is_the_closed_form_of_a_linear_classifier() {
        Candidates start = start(Start.NOISE, 1, 4);
        NDArray x = BENCH.manager().create(values(start), new Shape(1, PIXELS));
        NDArray error = x.matMul(TARGET.weight()).softmax(1).duplicate();
        error.set(new NDIndex("0,4"), error.getFloat(0, 4) - 1);
        float[] expected = x.sub(error.matMul(TARGET.weight().transpose()).mul(0.05))
                .clip(-1, 1)
                .toFloatArray();

        float[] found = values(search(1, 0.05, 0).optimize(start, unit(8, Long.MAX_VALUE, 4)));

        assertArrayEquals(expected, found, 1e-6f);
    }

    @Test
    void pixels_stay_in_their_range_however_large_the_steps() {
        float[] found = values(search(5, 100, 0).optimize(start(Start.NOISE, 2, 4), unit(8, Long.MAX_VALUE, 4)));

        assertEquals(1, largest(found));
    }

    @Test
    void the_target_comes_to_recognise_noise() {
        Candidates found = search(60, 0.4, 0).optimize(start(Start.NOISE, 1, 0, 3), unit(8, Long.MAX_VALUE, 0, 3));

        for (float[] confidence : found.curves().get(1).values()) {
            assertTrue(confidence[0] < 0.5 && confidence[59] > 0.8, () -> Arrays.toString(confidence));
        }
    }

    /** However many the attack delivered. */
    @Test
    void the_control_gives_one_descent_from_grey_for_each_class() {
        DescentSettings settings = new DescentSettings(5, 0.4, Use.of("cross-entropy"), 0);
        AttackedUnit attacked = new AttackedUnit(
                unit(8, Long.MAX_VALUE, 0, 3), PixelDescentTest::noData, start(Start.NOISE, 4, 0, 3), 7, 0);

        Candidates found = new AdversarialImages(settings, BENCH).candidates(attacked);

        assertEquals(List.of(0, 3), found.classes());
        assertEquals(10, attacked.stage().queries());
        assertArrayEquals(
                values(search(5, 0.4, 0).optimize(start(Start.GREY, 1, 0, 3), unit(8, Long.MAX_VALUE, 0, 3))),
                values(found));
        assertEquals(1000, PixelPlugin.ADVERSARIAL.defaults().steps());
    }

    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        float[] together =
                values(search(5, 0.4, 0.1).optimize(start(Start.NOISE, 2, 0, 3), unit(8, Long.MAX_VALUE, 0, 3)));
        float[] apart =
                values(search(5, 0.4, 0.1).optimize(start(Start.NOISE, 2, 0, 3), unit(1, Long.MAX_VALUE, 0, 3)));
        float[] alone = values(search(5, 0.4, 0.1).optimize(start(Start.NOISE, 2, 3), unit(8, Long.MAX_VALUE, 3)));

        assertArrayEquals(together, apart, 1e-5f);
        assertArrayEquals(Arrays.copyOfRange(together, together.length / 2, together.length), alone, 1e-5f);
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        StageUnit unit = unit(8, 7, 0, 3);

        assertThrows(BudgetSpentException.class, () -> search(10, 0.4, 0).optimize(start(Start.NOISE, 1, 0, 3), unit));

        assertEquals(6, unit.queries());
        assertArrayEquals(
                values(search(3, 0.4, 0).optimize(start(Start.NOISE, 1, 0, 3), unit(8, 6, 0, 3))),
                values(unit.foundWhenSpent()));
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(40));
    }

    private static int arraysAfter(int steps) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(steps, 0.4, 1).optimize(start(Start.NOISE, 1, 0, 3), unit(8, Long.MAX_VALUE, 0, 3));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void a_search_for_anything_but_images_is_refused() {
        Candidates others = new Candidates(new Nowhere(), List.of(0), List.of(0.0), List.of());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> search(1, 1, 0).optimize(others, unit(8, Long.MAX_VALUE, 0)));

        assertEquals(
                "'pixel-descent' searches pixels, but the sampler gave 'nowhere'",
                refusal.problems().get(0).message());
    }

    /** |1 − 0| + |3 − 1| down, |1 − 0| + |3 − 1| … by hand for the rows (0 1) and (3 1). */
    @Test
    void total_variation_sums_the_differences_of_neighbours() {
        NDArray image = BENCH.manager().create(new float[] {0, 1, 3, 1}, new Shape(1, 1, 2, 2));

        assertArrayEquals(new float[] {3 + 0 + 1 + 2}, TotalVariation.of(image).toFloatArray());
    }

    @Test
    void the_gradient_of_total_variation_agrees_with_differences() {
        NDArray images = BENCH.manager()
                .create(BENCH.stream(5).gaussians(2 * 3 * 4 * 5), new Shape(2, 3, 4, 5))
                .toType(DataType.FLOAT64, true);
        NDArray leaf = BENCH.gradients().variable(images);
        NDArray total;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            total = TotalVariation.of(leaf).sum();
        }
        double[] gradient = BENCH.gradients().of(total, new NDList(leaf)).head().toDoubleArray();

        double[] values = images.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double slope = (roughness(values, i, 1e-6) - roughness(values, i, -1e-6)) / 2e-6;
            assertEquals(slope, gradient[i], 1e-6, "pixel " + i);
        }
    }

    private static double roughness(double[] values, int pixel, double by) {
        double[] moved = values.clone();
        moved[pixel] += by;
        return TotalVariation.of(BENCH.manager().create(moved, new Shape(2, 3, 4, 5)))
                .sum()
                .getDouble();
    }

    @Test
    void total_variation_makes_what_is_found_smoother() {
        Candidates start = start(Start.NOISE, 2, 0);

        double rough = roughness(search(30, 0.05, 0).optimize(start, unit(8, Long.MAX_VALUE, 0)));
        double smooth = roughness(search(30, 0.05, 0.2).optimize(start, unit(8, Long.MAX_VALUE, 0)));

        assertTrue(smooth < 0.7 * rough, () -> smooth + " is no less rough than " + rough);
    }

    private static double roughness(Candidates found) {
        return TotalVariation.of(((FixedImages) found.representation()).images())
                .sum()
                .getFloat();
    }

    @Test
    void what_is_found_is_what_the_target_was_asked_about() {
        Candidates found = search(3, 0.4, 0).optimize(start(Start.NOISE, 1, 2), unit(8, Long.MAX_VALUE, 2));
        Candidates next = search(1, 0.4, 0).optimize(found, unit(8, Long.MAX_VALUE, 2));

        double log = TARGET.forward(found.draw(1, BENCH.stream(1), 0), Pass.evaluation(BENCH.stream(1)))
                .logits()
                .toType(DataType.FLOAT64, true)
                .logSoftmax(1)
                .getDouble(0, 2);
        assertEquals(log, next.scores().get(0), 1e-9);
    }

    private static Dataset noData() {
        throw new IllegalArgumentException("a descent from grey reads no data");
    }

    private static PixelDescent search(int steps, double rate, double totalVariation) {
        return new PixelDescent(new DescentSettings(steps, rate, Use.of("cross-entropy"), totalVariation), BENCH);
    }

    private static StageUnit unit(int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes))
                .withTarget(TARGET)
                .withBatch(batch)
                .withBudget(budget);
    }

    private static Candidates start(Start start, int candidates, Integer... classes) {
        return new PlainImages(new StartSettings(start, candidates)).sample(unit(8, Long.MAX_VALUE, classes));
    }

    private static float[] values(Candidates candidates) {
        return ((FixedImages) candidates.representation()).images().toFloatArray();
    }

    private static double mean(float... values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double meanSquare(float... values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }

    private static float largest(float... values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** A candidate of another attack. */
    private record Nowhere() implements Representation {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public NDArray draw(int draws, List<RandomStream> random) {
            return BENCH.manager().zeros(new Shape(draws, 3, SIDE, SIDE));
        }

        @Override
        public Representation rows(int... rows) {
            return this;
        }

        @Override
        public NDList variables() {
            return new NDList();
        }

        @Override
        public String form() {
            return "nowhere";
        }
    }
}
