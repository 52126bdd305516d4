package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class DistancesTest {
    private static final double REFERENCE_NOISE = 2e-6;

    @Test
    void the_mean_pairwise_distance_counts_each_pair_once() {
        double[][] triangle = {{0, 0}, {3, 0}, {0, 4}};

        assertEquals((3 + 4 + 5) / 3.0, Distances.meanPairwise(triangle), 1e-12);
        assertTrue(Double.isNaN(Distances.meanPairwise(new double[][] {{1, 2}})));
        assertTrue(Double.isNaN(Distances.meanPairwise(new double[0][])));
    }

    @Test
    void distances_to_the_nearest_training_image_are_those_of_the_reference() {
        try (Workbench bench = Workbench.of(DistancesTest.class)) {
            Fixture fixture = bench.fixture("feature-distance.safetensors");
            double sum = 0;
            int count = 0;
            for (int c = 0; c < 3; c++) {
                double[][] attack = Tensors.rows(fixture.get("attack." + c));
                double[][] train = Tensors.rows(fixture.get("train." + c));
                double[][] expected = Tensors.rows(fixture.get("sqdist." + c));
                double[][] distances = Distances.squared(attack, train);
                for (int i = 0; i < attack.length; i++) {
                    assertArrayEquals(expected[i], distances[i], REFERENCE_NOISE * max(expected[i]));
                }
                double[] nearest = Distances.toNearest(attack, train);
                double[] expectedNearest = Tensors.values(fixture.get("min." + c));
                assertArrayEquals(expectedNearest, nearest, REFERENCE_NOISE * max(expectedNearest));
                double mean = Tensors.value(fixture.get("mean." + c));
                assertEquals(mean, Arrays.stream(nearest).average().orElseThrow(), REFERENCE_NOISE * mean);
                sum += Arrays.stream(nearest).sum();
                count += nearest.length;
            }
            double overall = Tensors.value(fixture.get("overall_mean"));
            assertEquals(overall, sum / count, REFERENCE_NOISE * overall);
        }
    }

    @Test
    void near_points_far_from_the_origin_keep_their_distance() {
        double[][] a = {{1e6, 1e6}};
        double[][] b = {{1e6 + 1e-3, 1e6}};

        assertEquals(1e-6, Distances.toNearest(a, b)[0], 1e-12);
        assertEquals(0, Distances.toNearest(a, a)[0]);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
