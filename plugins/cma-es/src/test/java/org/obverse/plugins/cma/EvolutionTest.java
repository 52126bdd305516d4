package org.obverse.plugins.cma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.testkit.Workbench;

class EvolutionTest {
    private static final Workbench BENCH = Workbench.of(EvolutionTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Hansen 2016, table 1, at n = 10: λ = 10, μ = 5, raw weights ln 5.5 − ln i. */
    @Test
    void the_default_constants_are_the_tutorials() {
        Strategy ten = new Strategy(10, 0);

        assertEquals(10, ten.points);
        assertEquals(17, new Strategy(100, 0).points);
        double[] raw =
                IntStream.rangeClosed(1, 10).mapToDouble(i -> Math.log(5.5 / i)).toArray();
        double positive = Arrays.stream(raw).limit(5).sum();
        double mass = positive
                * positive
                / Arrays.stream(raw).limit(5).map(w -> w * w).sum();
        assertEquals(3.1673, mass, 1e-4);
        assertEquals(mass, ten.parentMass, 1e-12);
        assertEquals(0.2844286, ten.sigmaDecay, 1e-6);
        assertEquals(1 + 0.2844286, ten.sigmaDamping, 1e-6);
        assertEquals((4 + mass / 10) / (14 + mass / 5), ten.pathDecay, 1e-12);
        assertEquals(2 / (11.3 * 11.3 + mass), ten.rankOne, 1e-12);
        assertEquals(2 * (0.25 + mass + 1 / mass - 2) / (144 + mass), ten.rankMu, 1e-12);
        assertEquals(1, Arrays.stream(ten.weights).limit(5).sum(), 1e-12);
        double negative = Arrays.stream(ten.weights).skip(5).sum();
        assertTrue(negative < 0);
        assertTrue(negative >= -(1 - ten.rankOne - ten.rankMu) / (10 * ten.rankMu) - 1e-12);
    }

    @Test
    void a_matrix_is_that_of_its_spectrum() {
        double[] covariance = {4, 1.2, 1.2, 2};
        Spectrum spectrum = Spectrum.of(covariance, 2, BENCH.operators(), BENCH.manager());

        // B D (B D)ᵀ, column by column
        double[] first = spectrum.scaled(1, 0);
        double[] second = spectrum.scaled(0, 1);
        assertEquals(4, first[0] * first[0] + second[0] * second[0], 1e-12);
        assertEquals(1.2, first[0] * first[1] + second[0] * second[1], 1e-12);
        assertEquals(2, first[1] * first[1] + second[1] * second[1], 1e-12);
        // C^(-1/2) twice is C^(-1): C times it is the vector again
        double[] inverse = spectrum.whitened(spectrum.whitened(0.3, -0.7));
        assertEquals(0.3, 4 * inverse[0] + 1.2 * inverse[1], 1e-12);
        assertEquals(-0.7, 1.2 * inverse[0] + 2 * inverse[1], 1e-12);
    }

    @Test
    void the_mean_moves_to_the_weighted_mean_of_the_better_half() {
        Strategy strategy = new Strategy(3, 6);
        Evolution evolution = evolution(strategy, 1, 0.5, 0, 0, 0);
        List<double[]> points = evolution.ask();

        evolution.tell(5, 4, 3, 2, 1, 0);

        for (int j = 0; j < 3; j++) {
            double expected = 0;
            for (int i = 0; i < 3; i++) {
                expected += strategy.weights[i] * points.get(5 - i)[j];
            }
            assertEquals(expected, evolution.mean()[j], 1e-12);
        }
    }

    @Test
    void the_first_generation_is_as_wide_as_sigma() {
        Evolution evolution = evolution(new Strategy(2, 4000), 1, 0.5, 3, -1);

        double[] first = evolution.ask().stream().mapToDouble(x -> x[0]).toArray();

        double mean = Arrays.stream(first).average().orElseThrow();
        double variance =
                Arrays.stream(first).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertEquals(3, mean, 4 * 0.5 / Math.sqrt(4000));
        assertEquals(0.25, variance, 4 * 0.25 * Math.sqrt(2.0 / 4000));
    }

    /** Axes as long as 1 to 1000, which a search of one width for all coordinates would take millions of points for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_ellipsoid_of_condition_a_million_is_solved_by_learning_its_covariance(long seed) {
        ToDoubleFunction<double[]> ellipsoid = x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                // turned by 45 degrees in pairs of coordinates
                double turned = (x[i] + (i % 2 == 0 ? 1 : -1) * x[i ^ 1]) / Math.sqrt(2);
                sum += Math.pow(1e6, i / (x.length - 1.0)) * turned * turned;
            }
            return sum;
        };
        Evolution evolution = evolution(new Strategy(8, 0), seed, 1, 3, 3, 3, 3, 3, 3, 3, 3);

        run(evolution, ellipsoid, 700);

        assertTrue(ellipsoid.applyAsDouble(evolution.mean()) < 1e-6, "at " + ellipsoid.applyAsDouble(evolution.mean()));
    }

    @Test
    void sigma_grows_on_a_slope_and_shrinks_around_an_optimum() {
        Evolution slope = evolution(new Strategy(5, 0), 1, 0.5, 0, 0, 0, 0, 0);
        Evolution bowl = evolution(new Strategy(5, 0), 1, 0.5, 0, 0, 0, 0, 0);

        run(slope, x -> x[0], 30);
        run(bowl, x -> Arrays.stream(x).map(v -> v * v).sum(), 30);

        assertTrue(slope.sigma() > 1);
        assertTrue(bowl.sigma() < 0.25);
    }

    @Test
    void the_same_seed_draws_the_same_points() {
        assertArrayEquals(
                evolution(new Strategy(3, 0), 4, 1, 0, 0, 0).ask().get(2),
                evolution(new Strategy(3, 0), 4, 1, 0, 0, 0).ask().get(2));
    }

    private static void run(Evolution evolution, ToDoubleFunction<double[]> cost, int generations) {
        for (int i = 0; i < generations; i++) {
            List<double[]> points = evolution.ask();
            evolution.tell(IntStream.range(0, points.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(k -> cost.applyAsDouble(points.get(k))))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
    }

    private static Evolution evolution(Strategy strategy, long seed, double sigma, double... mean) {
        return new Evolution(
                mean,
                sigma,
                strategy,
                covariance -> Spectrum.of(covariance, mean.length, BENCH.operators(), BENCH.manager()),
                BENCH.stream(seed));
    }
}
