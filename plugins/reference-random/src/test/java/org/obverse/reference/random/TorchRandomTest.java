package org.obverse.reference.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchRandomTest {
    private static final float NORMAL_TOLERANCE = 1e-6f;

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void uniform_draws_are_those_of_torch(long seed) {
        TorchRandom random = new TorchRandom(seed);
        float[] expected = Fixture.STREAMS.floats("torch.seed" + seed + ".rand");

        assertArrayEquals(expected, random.uniforms(expected.length, 0, 1));
    }

    @Test
    void a_uniform_range_is_scaled_in_single_precision() {
        assertArrayEquals(Fixture.MORE.floats("uniform_-0.3_0.7_x20"), new TorchRandom(42).uniforms(20, -0.3f, 0.7f));
    }

    @Test
    void only_the_low_32_bits_of_a_seed_count() {
        TorchRandom random = new TorchRandom(-(1L << 62) + (5L << 32) + 42);

        assertArrayEquals(Fixture.MORE.floats("seed_high_bits_rand3"), random.uniforms(3, 0, 1));
        assertArrayEquals(Fixture.MORE.floats("seed_high_bits_rand3"), new TorchRandom(42).uniforms(3, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void bounded_integers_are_those_of_torch(long seed) {
        TorchRandom random = new TorchRandom(seed);
        long[] expected = Fixture.STREAMS.longs("torch.seed" + seed + ".randint_0_100");

        assertArrayEquals(
                expected,
                LongStream.generate(() -> random.below(100))
                        .limit(expected.length)
                        .toArray());
    }

    @Test
    void an_empty_range_of_integers_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TorchRandom(1).below(0));
    }

    @Test
    void long_integers_are_those_of_torch() {
        TorchRandom random = new TorchRandom(42);

        assertArrayEquals(
                Fixture.MORE.longs("random_x3"),
                LongStream.generate(random::int64).limit(3).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void permutations_are_those_of_torch(long seed) {
        assertPermutation(Fixture.STREAMS.longs("torch.seed" + seed + ".randperm10"), new TorchRandom(seed));
    }

    @Test
    void a_long_permutation_is_that_of_torch() {
        assertPermutation(Fixture.MORE.longs("randperm1000"), new TorchRandom(42));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void normals_are_those_of_torch_for_short_and_long_tensors(long seed) {
        for (int count : new int[] {7, 16}) {
            float[] expected = Fixture.STREAMS.floats("torch.seed" + seed + ".randn" + count);

            assertArrayEquals(expected, new TorchRandom(seed).normals(count), NORMAL_TOLERANCE);
        }
    }

    @Test
    void a_short_tensor_of_odd_length_leaves_a_normal_to_the_next_one() {
        TorchRandom random = new TorchRandom(42);
        float[] expected = Fixture.MORE.floats("randn7_randn8");

        assertArrayEquals(Arrays.copyOfRange(expected, 0, 7), random.normals(7), NORMAL_TOLERANCE);
        assertArrayEquals(Arrays.copyOfRange(expected, 7, 15), random.normals(8), NORMAL_TOLERANCE);
    }

    @Test
    void the_last_16_normals_are_drawn_again_where_the_length_is_no_multiple_of_16() {
        assertArrayEquals(Fixture.MORE.floats("randn37"), new TorchRandom(42).normals(37), NORMAL_TOLERANCE);
    }

    /** Linear(2, 20), Linear(20, 20) and Linear(20, 3, bias=False), constructed after {@code torch.manual_seed(42)}. */
    @Test
    void layers_start_as_torch_initialises_them() {
        TorchRandom random = new TorchRandom(42);

        assertArrayEquals(Fixture.TOY.floats("init.0.weight"), random.layerUniforms(20 * 2, 2));
        assertArrayEquals(Fixture.TOY.floats("init.0.bias"), random.layerUniforms(20, 2));
        assertArrayEquals(Fixture.TOY.floats("init.3.weight"), random.layerUniforms(20 * 20, 20));
        assertArrayEquals(Fixture.TOY.floats("init.3.bias"), random.layerUniforms(20, 20));
        assertArrayEquals(Fixture.TOY.floats("init.6.weight"), random.layerUniforms(3 * 20, 20));
    }

    private static void assertPermutation(long[] expected, TorchRandom random) {
        int[] order = random.permutation(expected.length);

        assertArrayEquals(expected, Arrays.stream(order).asLongStream().toArray());
        assertEquals(expected.length, Arrays.stream(order).distinct().count());
    }
}
