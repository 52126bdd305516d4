package org.obverse.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.random.RandomStream;

class CounterStreamTest {
    private static final int DRAWS = 200_000;

    @Test
    void a_draw_is_the_philox_block_named_by_seed_and_path() throws Exception {
        byte[] name = ByteBuffer.allocate(Long.BYTES + 18)
                .putLong(-5)
                .put("optimize/class=17/".getBytes(StandardCharsets.UTF_8))
                .array();
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
        int key0 = digest.getInt();
        int key1 = digest.getInt();
        int high0 = digest.getInt();
        int high1 = digest.getInt();
        RandomStream stream = CounterStream.of(-5).child("optimize").child("class", 17);
        for (int count = 0; count < 3; count++) {
            int[] words = Philox.block(new int[] {count, 0, high0, high1}, key0, key1);
            for (int pair = 0; pair < 4; pair += 2) {
                long bits = ((long) (words[pair] >>> 5) << 26) | (words[pair + 1] >>> 6);
                assertEquals(bits / 9007199254740992.0, stream.uniform());
            }
        }
    }

    @Test
    void a_path_names_the_same_stream_as_the_descent() {
        RandomStream descent =
                CounterStream.of(7).child("optimize").child("class", 17).child("step", 4);
        assertEquals(CounterStream.of(7, "optimize/class=17/step=4/").uniform(), descent.uniform());
    }

    @Test
    void marks_of_the_path_inside_a_name_do_not_lead_to_another_stream() {
        CounterStream root = CounterStream.of(7);
        assertNotEquals(root.child("a").child("b").uniform(), root.child("a/b").uniform());
        assertNotEquals(root.child("a", 3).uniform(), root.child("a=3").uniform());
        assertNotEquals(root.child("a/b").uniform(), root.child("a%2Fb").uniform());
    }

    @Test
    void a_path_without_its_last_slash_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> CounterStream.of(1, "optimize"));
    }

    @Test
    void asking_for_children_consumes_nothing() {
        CounterStream asked = CounterStream.of(3);
        CounterStream left = CounterStream.of(3);
        for (int i = 0; i < 9; i++) {
            asked.child("part", i).gaussian();
            assertEquals(left.uniform(), asked.uniform());
        }
    }

    @Test
    void what_a_stream_drew_does_not_change_its_children() {
        CounterStream drained = CounterStream.of(3);
        drained.gaussians(101);
        assertEquals(
                CounterStream.of(3).child("class", 2).uniform(),
                drained.child("class", 2).uniform());
    }

    @Test
    void uniform_draws_have_the_moments_of_the_unit_interval_and_stay_inside() {
        RandomStream stream = CounterStream.of(11);
        double[] draws =
                IntStream.range(0, DRAWS).mapToDouble(i -> stream.uniform()).toArray();
        for (double draw : draws) {
            assertTrue(draw >= 0 && draw < 1, () -> "outside: " + draw);
        }
        // Five standard errors of the k-th moment 1 / (k + 1).
        for (int k = 1; k <= 4; k++) {
            double variance = 1.0 / (2 * k + 1) - 1.0 / ((k + 1) * (k + 1));
            assertEquals(1.0 / (k + 1), moment(draws, k), 5 * Math.sqrt(variance / DRAWS), "moment " + k);
        }
    }

    @Test
    void gaussian_draws_have_the_moments_of_the_normal_law() {
        RandomStream stream = CounterStream.of(12);
        double[] draws =
                IntStream.range(0, DRAWS).mapToDouble(i -> stream.gaussian()).toArray();
        // E x^k and E x^2k of the standard normal law: 0, 1, 0, 3 and 1, 3, 15, 105.
        double[] moments = {0, 1, 0, 3};
        double[] squares = {1, 3, 15, 105};
        for (int k = 1; k <= 4; k++) {
            double variance = squares[k - 1] - moments[k - 1] * moments[k - 1];
            assertEquals(moments[k - 1], moment(draws, k), 5 * Math.sqrt(variance / DRAWS), "moment " + k);
        }
    }

    @Test
    void a_pair_of_gaussians_is_box_and_mullers_cosine_then_sine() {
        RandomStream uniforms = CounterStream.of(13);
        RandomStream gaussians = CounterStream.of(13);
        for (int pair = 0; pair < 5; pair++) {
            double radius = Math.sqrt(-2 * Math.log(1 - uniforms.uniform()));
            double angle = 2 * Math.PI * uniforms.uniform();
            assertEquals(radius * Math.cos(angle), gaussians.gaussian(), 1e-14);
            assertEquals(radius * Math.sin(angle), gaussians.gaussian(), 1e-14);
        }
    }

    @Test
    void neighbouring_children_are_uncorrelated() {
        CounterStream root = CounterStream.of(14);
        double[] first = new double[DRAWS / 10];
        double[] products = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            first[i] = root.child("class", i).gaussian();
            products[i] = first[i] * root.child("class", i + 1).gaussian();
        }
        assertEquals(0, moment(first, 1), 5 / Math.sqrt(first.length));
        assertEquals(1, moment(first, 2), 5 * Math.sqrt(2.0 / first.length));
        assertEquals(0, moment(products, 1), 5 / Math.sqrt(first.length));
    }

    @Test
    void below_is_uniform_on_its_range() {
        RandomStream stream = CounterStream.of(15);
        int bound = 7;
        int[] counts = new int[bound];
        for (int i = 0; i < DRAWS; i++) {
            counts[stream.below(bound)]++;
        }
        double expected = (double) DRAWS / bound;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        // The 99.99 % quantile of chi-square with 6 degrees of freedom.
        assertTrue(chiSquare < 27.86, "chi-square " + chiSquare);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void many_gaussians_at_once_are_those_drawn_one_by_one_and_so_are_those_after_them(int before) {
        for (int count : new int[] {1 << 15, 65_537, 200_000}) {
            RandomStream one = CounterStream.of(18).child("a");
            RandomStream many = CounterStream.of(18).child("a");
            for (int i = 0; i < before; i++) {
                assertEquals(one.gaussian(), many.gaussian());
            }
            float[] drawn = many.gaussians(count);
            for (float value : drawn) {
                assertEquals((float) one.gaussian(), value);
            }
            assertEquals(one.gaussian(), many.gaussian());
            assertEquals(one.uniform(), many.uniform());
        }
    }

    @Test
    void below_rejects_the_words_that_would_favour_small_numbers() {
        // Below 3 * 2^29 = 3/8 of the words: without rejection the last quarter of the words would fall on the first
        // two thirds of the range, and its lower half would be drawn with probability 3/8 + 3/16 = 9/16.
        RandomStream stream = CounterStream.of(16);
        int bound = 3 << 29;
        int lower = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (stream.below(bound) < bound / 2) {
                lower++;
            }
        }
        assertEquals(0.5, (double) lower / DRAWS, 5 * 0.5 / Math.sqrt(DRAWS));
    }

    @Test
    void below_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> CounterStream.of(1).below(0));
    }

    private static double moment(double[] draws, int k) {
        double sum = 0;
        for (double draw : draws) {
            sum += Math.pow(draw, k);
        }
        return sum / draws.length;
    }
}
