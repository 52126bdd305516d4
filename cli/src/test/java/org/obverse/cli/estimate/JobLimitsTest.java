package org.obverse.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class JobLimitsTest {
    /** 200 s are three minutes and a part of a fourth; 1500 MiB are five quarters of a GiB and a part of a sixth. */
    @Test
    void a_job_is_given_twice_the_time_and_a_minute_and_half_as_much_memory_again() {
        assertEquals("{ slot: target, memory: 1536M, time: \"0:05:00\" }", new JobLimits("target", 100, 1000).text());
    }

    @Test
    void hours_are_counted() {
        assertEquals(
                "{ slot: target, memory: 3072M, time: \"30:01:00\" }", new JobLimits("target", 54_000, 2048).text());
    }

    @Test
    void memory_that_is_not_known_is_left_to_the_cluster() {
        assertEquals("{ slot: prepare, memory: \"\", time: \"0:02:00\" }", new JobLimits("prepare", 0.1, 0).text());
    }
}
