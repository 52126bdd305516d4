package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What Spark 4.2.0 said. */
final class JobsTest {
    @Test
    void what_spark_says_of_a_task_is_told_without_its_numbers_and_stack() {
        String failed = "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most recent failure: "
                + "Lost task 0.0 in stage 1.0 (TID 1) (127.0.0.1 executor 1): ";

        assertEquals(
                "its task failed on 127.0.0.1 executor 1: its worker ended with exit code 7 and said last '(a): b'",
                Jobs.reason(
                        failed
                                + "java.io.IOException: its worker ended with exit code 7 and said last '(a): b'\n\tat org.obverse"));
        assertEquals(
                "its task failed on 127.0.0.1 executor 1: ExecutorLostFailure (executor 1 exited caused by one of the"
                        + " running tasks) Reason: Command exited with code 137",
                Jobs.reason(
                        failed + "ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason:"
                                + " Command exited with code 137\nDriver stacktrace:"));
        assertEquals("its task failed: Job 0 cancelled", Jobs.reason("Job 0 cancelled"));
    }
}
