package org.obverse.reference.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyRandomTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void raw_outputs_are_those_of_numpy(long seed) {
        NumpyRandom random = new NumpyRandom(seed);
        long[] expected = Fixture.STREAMS.longs("numpy.randomstate" + seed + ".raw32");

        assertArrayEquals(
                expected,
                LongStream.generate(random::bits32).limit(expected.length).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void gaussians_are_those_of_numpy_to_the_last_bit(long seed) {
        double[] expected = Fixture.STREAMS.doubles("numpy.randomstate" + seed + ".randn");

        assertArrayEquals(expected, new NumpyRandom(seed).gaussians(expected.length));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void lists_are_shuffled_as_numpy_does(long seed) {
        for (int count : new int[] {2, 10, 100, 1000}) {
            int[] order = new NumpyRandom(seed).shuffledOrder(count);

            assertArrayEquals(
                    Fixture.STREAMS.longs("numpy.seed" + seed + ".shuffle" + count),
                    Arrays.stream(order).asLongStream().toArray());
        }
    }

    @Test
    void uniform_draws_are_those_of_numpy() {
        NumpyRandom random = new NumpyRandom(42);

        for (double expected : Fixture.MORE.doubles("numpy.random_sample5")) {
            assertEquals(expected, random.uniform());
        }
    }

    @Test
    void a_seed_that_numpy_refuses_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new NumpyRandom(-1));
        assertThrows(IllegalArgumentException.class, () -> new NumpyRandom(1L << 32));
    }

    /** {@code make_blobs(500, centers=[[0,-10],[-10,10],[10,10]], cluster_std=1.6, random_state=17)}. */
    @Test
    void the_points_of_the_two_dimensional_example_are_those_of_scikit_learn() {
        GaussianBlobs blobs = new GaussianBlobs(
                List.of(
                        new GaussianBlobs.Center(0, -10),
                        new GaussianBlobs.Center(-10, 10),
                        new GaussianBlobs.Center(10, 10)),
                1.6);
        double[] points = Fixture.TOY.doubles("x_train");
        long[] labels = Fixture.TOY.longs("y_train");

        List<GaussianBlobs.Point> drawn = blobs.draw(new NumpyRandom(17), labels.length);

        for (int i = 0; i < labels.length; i++) {
            assertEquals(labels[i], drawn.get(i).label());
            assertEquals(points[2 * i], drawn.get(i).x());
            assertEquals(points[2 * i + 1], drawn.get(i).y());
        }
    }
}
