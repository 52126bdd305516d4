package org.obverse.plugins.gmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Use;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.PriorPoints;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;
import org.obverse.testkit.small.LinearNet;

class LatentNesterovTest {
    private static final Workbench BENCH =
            Workbench.of(LatentNesterovTest.class).with(new IdentityLossesPlugin());
    private static final double[] CENTRE = {0.4, -0.3, 0.2};
    private static final double[] WEIGHT = {0.5, -1, 0.25, 2, -0.5, 1.5};

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** With D(x) = -½ ‖x - c‖² and the loss -o_y of a linear target, ∇L(z) = r (z - c) - λ w_y. */
    @Test
    void two_steps_are_those_of_the_closed_form() {
        double[] z0 = {0.9, 0.1, -0.2};
        NesterovSettings settings =
                new NesterovSettings(2, 1.2, 0.9, 1, Use.of("logit"), 0.3, 2, Reduction.PER_CANDIDATE, 2);

        double[] found = doubles(search(settings).optimize(start(bowl(), z0, 1), unit(bowl(), linear(), 8, 1)));

        int atTheWall = 0;
        for (int i = 0; i < 3; i++) {
            double v1 = -1.2 / 2 * gradient(z0[i], i);
            double z1 = clamp(z0[i] + 1.9 * v1);
            double v2 = 0.9 * v1 - 1.2 / 2 * gradient(z1, i);
            assertEquals(clamp(z1 + 1.9 * v2 - 0.9 * v1), found[i], 1e-12, "coordinate " + i);
            atTheWall += Math.abs(z1) == 1 ? 1 : 0;
        }
        assertEquals(1, atTheWall, "coordinates that the first step left at the wall");
    }

    private static double gradient(double z, int coordinate) {
        return 2 * (z - CENTRE[coordinate]) - 0.3 * WEIGHT[coordinate * 2 + 1];
    }

    private static double clamp(double z) {
        return Math.max(-1, Math.min(1, z));
    }

    /** At a rate of 1 without momentum the first step is the gradient. */
    @Test
    void a_step_is_the_gradient_of_central_differences_through_generator_critic_and_target() {
        Published generator = Published.of(BENCH, Float64.parameters(BENCH, 1), Float64.parameters(BENCH, 2));
        Classifier target = new LinearNet(
                generator.image(),
                BENCH.parameters(3),
                Float64.gaussians(BENCH, 4, 3072, 5).mul(0.02));
        NesterovSettings settings =
                new NesterovSettings(1, 1, 0, 1e6, Use.of("cross-entropy"), 100, 3, Reduction.PER_CANDIDATE, 1);
        double[] z0 = Float64.gaussians(BENCH, 5, 6).toDoubleArray();

        double[] found = doubles(search(settings).optimize(start(generator, z0, 2), unit(generator, target, 8, 2)));

        double[] differences = IntStream.range(0, 6)
                .mapToDouble(i ->
                        (loss(generator, target, moved(z0, i, 1e-6)) - loss(generator, target, moved(z0, i, -1e-6)))
                                / 2e-6)
                .toArray();
        double scale = Arrays.stream(differences).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < 6; i++) {
            assertEquals(differences[i], z0[i] - found[i], 1e-6 * scale, "coordinate " + i);
        }
    }

    private static double loss(Published generator, Classifier target, double... z) {
        NDArray images = generator.generate(BENCH.manager().create(z, new Shape(1, 6)));
        double logProbability = target.forward(images, Pass.evaluation(BENCH.stream(1)))
                .logits()
                .logSoftmax(1)
                .getDouble(0, 2);
        return -100 * logProbability - 3 * generator.realness(images).getDouble(0);
    }

    private static double[] moved(double[] z, int coordinate, double by) {
        double[] moved = z.clone();
        moved[coordinate] += by;
        return moved;
    }

    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        double[] z = {0.9, 0.1, -0.2, -0.5, 0.6, 0.3};

        double[] together = doubles(search(few()).optimize(start(bowl(), z, 0, 1), unit(bowl(), linear(), 8, 0, 1)));
        double[] apart = doubles(search(few()).optimize(start(bowl(), z, 0, 1), unit(bowl(), linear(), 1, 0, 1)));
        double[] alone = doubles(
                search(few()).optimize(start(bowl(), Arrays.copyOfRange(z, 3, 6), 1), unit(bowl(), linear(), 8, 1)));

        assertArrayEquals(together, apart, 1e-14);
        assertArrayEquals(Arrays.copyOfRange(together, 3, 6), alone, 1e-14);
    }

    @Test
    void the_published_mean_divides_a_step_by_the_candidates_of_the_batch() {
        double[] z = {0.3, 0.1, -0.2, -0.5, 0.6, 0.3, 0.2, 0.2, 0.1, -0.1, 0.4, 0};
        Integer[] classes = {0, 0, 1, 1};

        double[] mean = doubles(search(first(Reduction.MEAN, 1))
                .optimize(start(bowl(), z, classes), unit(bowl(), linear(), 8, classes)));
        double[] own = doubles(search(first(Reduction.PER_CANDIDATE, 1))
                .optimize(start(bowl(), z, classes), unit(bowl(), linear(), 8, classes)));
        double[] quarter = doubles(search(first(Reduction.PER_CANDIDATE, 4))
                .optimize(start(bowl(), z, classes), unit(bowl(), linear(), 8, classes)));

        for (int i = 0; i < z.length; i++) {
            assertEquals((own[i] - z[i]) / 4, mean[i] - z[i], 1e-14);
        }
        assertArrayEquals(quarter, mean, 1e-14);
    }

    @Test
    void every_point_but_the_start_lies_within_the_range_and_some_coordinate_at_its_wall() {
        Published generator = Published.of(BENCH, BENCH.parameters(1), BENCH.parameters(2));
        Observed observed = new Observed(generator);
        Classifier target = new LinearNet(
                generator.image(),
                BENCH.parameters(3),
                BENCH.manager().create(BENCH.stream(4).gaussians(3072 * 5), new Shape(3072, 5)));
        Candidates start = new PriorDraws(new PriorDraws.Settings(2)).sample(unit(observed, target, 8, 3));

        Candidates found = search(NesterovSettings.DEFAULT).optimize(start, unit(observed, target, 8, 3));

        List<Float> beyond = observed.largest();
        assertEquals(1500, beyond.size());
        assertTrue(beyond.get(0) > 1, "the start was within the range");
        assertTrue(beyond.subList(1, 1500).stream().allMatch(largest -> largest <= 1));
        assertEquals(1, z(found).abs().max().getFloat());
        assertTrue(z(found).abs().min().getFloat() < 1);
    }

    @Test
    void without_the_target_the_critic_is_pleased_more_and_more() {
        double[] realness = means(curve(attacked(0, 1), 2));

        for (int block = 1; block < realness.length; block++) {
            assertTrue(realness[block] >= realness[block - 1], () -> "realness went " + Arrays.toString(realness));
        }
        assertTrue(realness[realness.length - 1] > realness[0]);
    }

    @Test
    void without_the_critic_the_cross_entropy_falls() {
        Candidates found = attacked(100, 0);
        double[] losses = means(curve(found, 0));

        for (int block = 1; block < losses.length; block++) {
            assertTrue(losses[block] <= losses[block - 1], () -> "the loss went " + Arrays.toString(losses));
        }
        assertTrue(losses[losses.length - 1] < losses[0] - 4, () -> "the loss went " + Arrays.toString(losses));
        assertEquals(2, found.curves().size());
    }

    /** 3 candidates, 200 steps of the published networks. */
    private static Candidates attacked(double identity, double realism) {
        Published generator = Published.of(BENCH, BENCH.parameters(1), BENCH.parameters(2));
        Classifier target = new LinearNet(
                generator.image(),
                BENCH.parameters(3),
                BENCH.manager().create(BENCH.stream(4).gaussians(3072 * 5), new Shape(3072, 5)));
        NesterovSettings settings = new NesterovSettings(
                200,
                identity == 0 ? 0.2 : 0.02,
                0.9,
                1,
                Use.of("cross-entropy"),
                identity,
                realism,
                Reduction.PER_CANDIDATE,
                60);
        Candidates start = new PriorDraws(new PriorDraws.Settings(3)).sample(unit(generator, target, 8, 3));
        return search(settings).optimize(start, unit(generator, target, 8, 3));
    }

    private static float[][] curve(Candidates found, int number) {
        return found.curves().get(number).values().toArray(float[][]::new);
    }

    /** Over all candidates and twenty steps each, after the first, which the clamp moves. */
    private static double[] means(float[]... curves) {
        double[] means = new double[9];
        for (float[] curve : curves) {
            for (int i = 0; i < 180; i++) {
                means[i / 20] += curve[20 + i] / 20 / curves.length;
            }
        }
        return means;
    }

    /** In float32 the probability of the class is 1 here, and the gradient of its logarithm 0. */
    @Test
    void a_target_that_is_sure_does_not_end_the_search() {
        NDArray weight = BENCH.manager().create(new float[] {20, 0, 0, 0, 0, 0}, new Shape(3, 2));
        Classifier sure = new LinearNet(bowl().image(), BENCH.parameters(1), weight);
        Bowl generator = new Bowl(BENCH.manager().create(new float[3]));
        NesterovSettings settings =
                new NesterovSettings(1, 1e9, 0, 1e3, Use.of("cross-entropy"), 100, 0, Reduction.PER_CANDIDATE, 1);
        PriorPoints points =
                new PriorPoints(generator, BENCH.manager().create(new float[] {1.5f, 0, 0}, new Shape(1, 3)), "test");

        Candidates found = search(settings)
                .optimize(new Candidates(points, List.of(0), List.of(0.0), List.of()), unit(generator, sure, 1, 0));

        double expected = 1.5 + 1e9 * 100 * 20 * Math.exp(-30) / (1 + Math.exp(-30));
        assertEquals(expected, z(found).getFloat(0, 0), 5e-3 * (expected - 1.5));
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        double[] z = {0.9, 0.1, -0.2, -0.5, 0.6, 0.3};
        StageUnit unit = unit(bowl(), linear(), 8, 0, 1).withBudget(7);

        assertThrows(BudgetSpentException.class, () -> search(few()).optimize(start(bowl(), z, 0, 1), unit));

        assertEquals(6, unit.queries());
        NesterovSettings three =
                new NesterovSettings(3, 0.3, 0.9, 1, Use.of("logit"), 0.3, 2, Reduction.PER_CANDIDATE, 4);
        assertArrayEquals(
                doubles(search(three).optimize(start(bowl(), z, 0, 1), unit(bowl(), linear(), 8, 0, 1))),
                doubles(unit.foundWhenSpent()));
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        double[] z = {0.9, 0.1, -0.2};
        StageUnit unit = unit(bowl(), linear(), 8, 0).withBudget(0);

        assertThrows(BudgetSpentException.class, () -> search(few()).optimize(start(bowl(), z, 0), unit));

        assertArrayEquals(z, doubles(unit.foundWhenSpent()));
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(40));
    }

    private static int arraysAfter(int steps) {
        NesterovSettings settings =
                new NesterovSettings(steps, 0.3, 0.9, 1, Use.of("logit"), 0.3, 2, Reduction.PER_CANDIDATE, 4);
        Candidates start = start(bowl(), new double[] {0.9, 0.1, -0.2}, 0);
        StageUnit unit = unit(bowl(), linear(), 8, 0);
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(settings).optimize(start, unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void images_are_no_start() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 1, 1, 3))), List.of(0), List.of(0.0), List.of());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> search(few()).optimize(images, unit(bowl(), linear(), 8, 0)));

        assertTrue(refusal.problems().get(0).message().startsWith("'latent-nesterov' moves points of the prior"));
    }

    private static NesterovSettings few() {
        return new NesterovSettings(10, 0.3, 0.9, 1, Use.of("logit"), 0.3, 2, Reduction.PER_CANDIDATE, 4);
    }

    private static NesterovSettings first(Reduction reduction, int meanOver) {
        return new NesterovSettings(1, 0.05, 0.9, 1, Use.of("logit"), 0.3, 2, reduction, meanOver);
    }

    private static LatentNesterov search(NesterovSettings settings) {
        return new LatentNesterov(settings, BENCH);
    }

    private static Bowl bowl() {
        return new Bowl(BENCH.manager().create(CENTRE));
    }

    private static Classifier linear() {
        return new LinearNet(
                bowl().image(), BENCH.parameters(1), BENCH.manager().create(WEIGHT, new Shape(3, 2)));
    }

    private static StageUnit unit(Generator generator, Classifier target, int batch, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator)
                .withTarget(target)
                .withBatch(batch);
    }

    private static Candidates start(Generator generator, double[] z, Integer... classes) {
        return new Candidates(
                new PriorPoints(
                        generator,
                        BENCH.manager().create(z, new Shape(classes.length, z.length / classes.length)),
                        "test"),
                List.of(classes),
                Collections.nCopies(classes.length, Double.NaN),
                List.of());
    }

    private static NDArray z(Candidates found) {
        return ((PriorPoints) found.representation()).z();
    }

    private static double[] doubles(Candidates found) {
        return z(found).toDoubleArray();
    }
}
