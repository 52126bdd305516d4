package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class FrechetDistanceTest {
    private static Workbench bench;
    private static FrechetDistance distance;
    private static Fixture fixture;

    @BeforeAll
    static void open() {
        bench = Workbench.of(FrechetDistanceTest.class);
        distance = new FrechetDistance(bench.operators());
        fixture = bench.fixture("fid.safetensors");
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"full, 1e-10", "singular, 1e-6", "single_dim, 1e-10"})
    void distances_of_features_are_those_of_the_reference(String pair, double tolerance) {
        FeatureStatistics a = statistics(fixture.get(pair + ".a"), 64);
        FeatureStatistics b = statistics(fixture.get(pair + ".b"), 64);
        double expected = Tensors.value(fixture.get(pair + ".fid"));

        assertEquals(expected, between(a, b), tolerance * expected);
        assertEquals(expected, between(b, a), tolerance * expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "singular", "single_dim"})
    void means_and_covariances_are_those_of_the_reference_whatever_the_batches(String pair) {
        for (int batch : new int[] {1, 7, 64, 1000}) {
            FeatureStatistics a = statistics(fixture.get(pair + ".a"), batch);

            assertArrayEquals(Tensors.values(fixture.get(pair + ".mu_a")), Tensors.values(a.mean()), 1e-14);
            assertArrayEquals(Tensors.values(fixture.get(pair + ".cov_a")), Tensors.values(a.covariance()), 1e-13);
        }
    }

    @Test
    void identical_features_have_no_distance() {
        for (String pair : new String[] {"full", "singular", "single_dim"}) {
            FeatureStatistics a = statistics(fixture.get(pair + ".a"), 64);

            assertEquals(0, between(a, a), 1e-6);
        }
    }

    /** Commuting covariances: |μ₁ − μ₂|² + Σ (√a − √b)². */
    @Test
    void gaussians_with_diagonal_covariances_have_the_distance_of_the_closed_form() {
        NDArray mean1 = bench.manager().create(new double[] {1, 2, 3});
        NDArray mean2 = bench.manager().create(new double[] {3, 2, 0});

        double value = distance.between(mean1, diagonal(4, 9, 0), mean2, diagonal(1, 16, 25));

        assertEquals(4 + 9 + 1 + 1 + 25, value, 1e-12);
    }

    /** In two dimensions tr √M = √(tr M + 2 √det M). */
    @Test
    void gaussians_that_do_not_commute_have_the_distance_of_the_closed_form() {
        NDArray mean = bench.manager().zeros(new Shape(2), DataType.FLOAT64);
        NDArray covariance1 = bench.manager().create(new double[] {2, 1, 1, 3}, new Shape(2, 2));
        NDArray covariance2 = bench.manager().create(new double[] {5, -2, -2, 1}, new Shape(2, 2));
        double traceOfProduct = 2 * 5 + 2 * 1 * -2 + 3 * 1;
        double determinantOfProduct = (2 * 3 - 1) * (5 * 1 - 4);
        double traceOfRoot = Math.sqrt(traceOfProduct + 2 * Math.sqrt(determinantOfProduct));

        assertEquals(5 + 6 - 2 * traceOfRoot, distance.between(mean, covariance1, mean, covariance2), 1e-12);
    }

    @Test
    void a_large_mean_costs_no_precision() {
        RandomStream random = bench.stream(4);
        double[] values = DoubleStream.generate(random::gaussian).limit(300).toArray();
        NDArray features = bench.manager().create(values, new Shape(100, 3));
        FeatureStatistics near = statistics(features, 9);
        FeatureStatistics far = statistics(features.add(1e6), 9);

        assertEquals(0, far.covariance().sub(near.covariance()).abs().max().getDouble(), 1e-8);
        assertEquals(3e12, between(near, far), 3e3);
    }

    private static double between(FeatureStatistics a, FeatureStatistics b) {
        return distance.between(a.mean(), a.covariance(), b.mean(), b.covariance());
    }

    private static NDArray diagonal(double... values) {
        double[] matrix = new double[values.length * values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i * values.length + i] = values[i];
        }
        return bench.manager().create(matrix, new Shape(values.length, values.length));
    }

    private static FeatureStatistics statistics(NDArray features, int batch) {
        FeatureStatistics statistics =
                new FeatureStatistics(bench.manager(), features.getShape().get(1));
        long count = features.getShape().get(0);
        for (long from = 0; from < count; from += batch) {
            statistics.add(features.get(from + ":" + Math.min(count, from + batch)));
        }
        return statistics;
    }
}
