package org.obverse.plugins.ked;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.PlainGenerator;

class GaussiansTest {
    private static final Workbench BENCH = Workbench.of(GaussiansTest.class);
    private static final PlainGenerator GENERATOR = new PlainGenerator(2, 8);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** μ + e^(½ log σ²) ε with σ = 3. */
    @Test
    void a_point_is_the_mean_and_noise_as_wide_as_the_deviation() {
        NDArray z = Gaussians.z(
                array(new Shape(1, 2, 2), 0.5f, -1, (float) Math.log(9), 0), array(new Shape(1, 2), 0.2f, -0.4f));

        assertArrayEquals(new float[] {1.1f, -1.4f}, z.toFloatArray(), 1e-6f);
    }

    @Test
    void every_class_starts_at_mean_0_and_log_variance_1() {
        Candidates start = new StandardGaussian(StandardGaussian.Settings.DEFAULT).sample(unit(4, 7));

        Gaussians gaussians = (Gaussians) start.representation();
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 0, 0, 1, 1}, gaussians.distributions().toFloatArray());
        assertEquals(List.of(4, 7), start.classes());
    }

    @Test
    void many_draws_have_the_mean_and_the_variance_of_the_distribution() {
        Gaussians gaussians =
                new Gaussians(GENERATOR, array(new Shape(1, 2, 2), 0.5f, -1, (float) Math.log(9), 0), "test");

        float[] points = gaussians.points(4000, streams(1)).toFloatArray();

        double mean = 0;
        for (int i = 0; i < points.length; i += 2) {
            mean += points[i] / 4000;
        }
        double variance = 0;
        for (int i = 0; i < points.length; i += 2) {
            variance += (points[i] - mean) * (points[i] - mean) / 4000;
        }
        assertEquals(0.5, mean, 4 * 3 / Math.sqrt(4000));
        assertEquals(9, variance, 4 * 9 * Math.sqrt(2.0 / 4000));
    }

    @Test
    void neither_the_number_of_draws_nor_the_others_change_what_a_candidate_draws() {
        Gaussians both =
                new Gaussians(GENERATOR, array(new Shape(2, 2, 2), 0.5f, -1, 0.3f, 0.1f, 0.2f, 0.9f, -1, 0.4f), "test");

        float[] five = both.points(5, streams(1, 2)).toFloatArray();
        float[] one = both.points(1, streams(1, 2)).toFloatArray();
        float[] second = both.rows(1).points(5, streams(2)).toFloatArray();

        assertArrayEquals(Arrays.copyOf(five, 2), Arrays.copyOf(one, 2));
        assertArrayEquals(Arrays.copyOfRange(five, 10, 20), second);
    }

    @Test
    void the_selection_draws_points_of_each_candidate_that_stay_the_same() {
        Candidates start = new StandardGaussian(new StandardGaussian.Settings(2, 1)).sample(unit(4, 7));

        Candidates selected = new GaussianDraws(new GaussianDraws.Settings(3)).select(start, unit(4, 7));
        Candidates reordered = new GaussianDraws(new GaussianDraws.Settings(3))
                .select(new StandardGaussian(new StandardGaussian.Settings(2, 1)).sample(unit(7, 4)), unit(7, 4));

        assertEquals(List.of(4, 4, 4, 4, 4, 4, 7, 7, 7, 7, 7, 7), selected.classes());
        float[] points = ((LatentPoints) selected.representation()).points().toFloatArray();
        float[] others = ((LatentPoints) reordered.representation()).points().toFloatArray();
        assertEquals(24, points.length);
        assertArrayEquals(Arrays.copyOf(points, 12), Arrays.copyOfRange(others, 12, 24));
    }

    @Test
    void what_was_stored_opens_again() {
        Gaussians gaussians = (Gaussians) new StandardGaussian(new StandardGaussian.Settings(1, 0.3))
                .sample(unit(4, 7))
                .representation();

        Gaussians opened = (Gaussians)
                new StandardGaussian(StandardGaussian.Settings.DEFAULT).open(gaussians.variables(), GENERATOR);

        assertEquals("standard-gaussian", opened.form());
        assertArrayEquals(
                gaussians.draw(2, streams(1, 2)).toFloatArray(),
                opened.draw(2, streams(1, 2)).toFloatArray());
    }

    private static StageUnit unit(Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), GENERATOR)
                .withTarget(LinearNet.at(BENCH, 8, 31, 1))
                .withBatch(8);
    }

    private static List<RandomStream> streams(long... seeds) {
        return Arrays.stream(seeds).mapToObj(BENCH::stream).toList();
    }

    private static NDArray array(Shape shape, float... values) {
        return BENCH.manager().create(values, shape);
    }
}
