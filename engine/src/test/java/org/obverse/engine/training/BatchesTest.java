package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.engine.random.CounterStream;

final class BatchesTest {
    private static final int[] SAMPLES = IntStream.range(100, 140).toArray();

    @Test
    void shuffled_batches_hold_each_sample_once_in_an_order_of_the_stream() {
        List<int[]> batches = Batches.shuffled(SAMPLES, 7, CounterStream.of(1));

        int[] order = batches.stream().flatMapToInt(Arrays::stream).toArray();
        assertEquals(
                List.of(7, 7, 7, 7, 7, 5),
                batches.stream().map(batch -> batch.length).toList());
        assertArrayEquals(SAMPLES, Arrays.stream(order).sorted().toArray());
    }

    @ParameterizedTest
    @CsvSource({"40, 7, 6", "40, 8, 5", "41, 8, 5", "42, 8, 6", "3, 8, 1", "3, 1, 3"})
    void a_last_sample_alone_makes_no_batch_more(int samples, int most, int count) {
        assertEquals(count, Batches.count(samples, most));
        assertEquals(
                count,
                Batches.poisson(new int[samples], most, CounterStream.of(1)).size());
    }

    @Test
    void in_poisson_lots_every_sample_comes_as_often_as_the_rate_says_whatever_the_others_do() {
        int epochs = 2000;
        double rate = 0.2;
        int[] often = new int[SAMPLES.length];
        long pairs = 0;
        long squares = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<int[]> lots = Batches.poisson(SAMPLES, 8, CounterStream.of(epoch));
            assertEquals(5, lots.size());
            for (int[] lot : lots) {
                Arrays.stream(lot).forEach(sample -> often[sample - 100]++);
                pairs += Arrays.stream(lot).filter(sample -> sample < 102).count() / 2;
                squares += (long) (lot.length - 8) * (lot.length - 8);
            }
        }
        double lots = 5.0 * epochs;
        double deviation = Math.sqrt(rate * (1 - rate) / lots);
        for (int count : often) {
            assertEquals(rate, count / lots, 4 * deviation);
        }
        assertEquals(rate * rate, pairs / lots, 4 * Math.sqrt(rate * rate / lots));
        double variance = SAMPLES.length * rate * (1 - rate);
        assertEquals(variance, squares / lots, 4 * variance * Math.sqrt(2 / lots), "of the sizes");
    }

    @Test
    void a_batch_of_everybody_draws_everybody() {
        for (int[] lot : Batches.poisson(SAMPLES, 50, CounterStream.of(1))) {
            assertArrayEquals(SAMPLES, lot);
        }
    }
}
