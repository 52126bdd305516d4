package org.obverse.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StopwatchTest {
    private static final double ROUNDING = 1e-3;

    @Test
    void what_a_thread_had_a_processor_for_is_part_of_the_time_that_passed() {
        Spent began = Stopwatch.ofThread();
        long sum = LongStream.range(0, 50_000_000).map(i -> i * i % 7).sum();
        Spent spent = Stopwatch.ofThread().plus(began, -1);

        assertTrue(sum > 0 && spent.processor() > 0, spent.toString());
        assertTrue(spent.processor() <= spent.wall() + ROUNDING, spent.toString());
    }
}
