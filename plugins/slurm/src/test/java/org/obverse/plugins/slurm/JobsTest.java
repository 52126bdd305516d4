package org.obverse.plugins.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Problem;
import org.obverse.plugins.slurm.Jobs.Limits;

final class JobsTest {
    @Test
    void a_slot_with_limits_of_its_own_asks_for_these_and_else_for_what_all_ask() {
        Jobs jobs = new Jobs(
                4, List.of(), 1, "4G", "30", List.of(new Limits("target", "16G", "")), List.of("--partition=gpu"));

        assertEquals(List.of("--gres=gpu:1", "--mem=16G", "--time=30", "--partition=gpu"), jobs.request("target"));
        assertEquals(List.of("--gres=gpu:1", "--mem=4G", "--time=30", "--partition=gpu"), jobs.request("optimize"));
    }

    @Test
    void without_gpus_and_limits_the_cluster_decides() {
        Jobs jobs = new Jobs(4, List.of("target"), 0, "", "", List.of(), List.of());

        assertEquals(List.of(), jobs.request("target"));
        assertTrue(jobs.takes("target"));
        assertFalse(jobs.takes("metric"));
        assertTrue(Jobs.DEFAULT.takes("metric"));
    }

    @Test
    void each_thing_that_sbatch_would_not_understand_is_a_problem_at_its_key() {
        Jobs jobs = new Jobs(
                0, List.of(), -1, "much", "soon", List.of(new Limits("target", "8 GB", "1:2:3:4")), List.of("gpu\n#"));

        assertEquals(
                List.of("count", "gpus", "memory", "time", "limits.0.memory", "limits.0.time", "options.0"),
                jobs.check().stream().map(Problem::path).toList());
    }

    @Test
    void times_are_minutes_or_hours_or_days() {
        for (String time : List.of("", "90", "2:30:00", "1-12", "1-12:30:00")) {
            assertEquals(List.of(), new Jobs(1, List.of(), 0, "", time, List.of(), List.of()).check(), time);
        }
    }
}
