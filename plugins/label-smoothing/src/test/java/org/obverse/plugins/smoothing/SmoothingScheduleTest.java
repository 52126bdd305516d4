package org.obverse.plugins.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.Epoch;
import org.obverse.testkit.Workbench;

class SmoothingScheduleTest {
    private static final Workbench BENCH = Workbench.of(SmoothingScheduleTest.class);
    private static final double ALPHA = -0.05;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100})
    void the_reference_schedule_is_the_published_one(int epochs) {
        double[] published = BENCH.fixture("label-smoothing.safetensors")
                .get("ls_schedule_alpha-0.05_epochs" + epochs)
                .toDoubleArray();
        SmoothingSchedule schedule = schedule(Course.REFERENCE);

        for (int epoch = 0; epoch < epochs; epoch++) {
            assertEquals(published[epoch], schedule.value(new Epoch(epoch, epochs)), 1e-12, "epoch " + epoch);
        }
    }

    @Test
    void the_fraction_schedule_of_100_epochs_is_the_published_one() {
        for (int epoch = 0; epoch < 100; epoch++) {
            Epoch of100 = new Epoch(epoch, 100);
            assertEquals(
                    schedule(Course.REFERENCE).value(of100),
                    schedule(Course.FRACTION).value(of100));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 60, 80, 400})
    void the_fraction_schedule_rests_half_of_the_epochs_ramps_to_half_of_alpha_and_jumps_at_three_quarters(int epochs) {
        SmoothingSchedule schedule = schedule(Course.FRACTION);

        assertEquals(0, schedule.value(new Epoch(epochs / 2 - 1, epochs)));
        assertEquals(ALPHA * 2 / epochs, schedule.value(new Epoch(epochs / 2, epochs)), 1e-12);
        assertEquals(ALPHA / 2, schedule.value(new Epoch(3 * epochs / 4 - 1, epochs)), 1e-12);
        assertEquals(ALPHA, schedule.value(new Epoch(3 * epochs / 4, epochs)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 80})
    void a_ramp_that_begins_and_ends_at_0_is_the_constant_schedule(int epochs) {
        SmoothingSchedule immediate = SmoothingSchedule.of(new LabelSmoothing(ALPHA, Course.FRACTION, 0, 0));

        for (int epoch = 0; epoch < epochs; epoch++) {
            Epoch at = new Epoch(epoch, epochs);
            assertEquals(schedule(Course.CONSTANT).value(at), immediate.value(at), "epoch " + epoch);
        }
    }

    /** s = 2 and t = 8 of E = 8: α (e - 1) / 6. */
    @Test
    void a_ramp_from_a_quarter_to_the_end_rises_by_a_sixth_of_alpha_in_each_of_8_epochs() {
        SmoothingSchedule slow = SmoothingSchedule.of(new LabelSmoothing(ALPHA, Course.FRACTION, 0.25, 1));

        double[] sixths = {0, 0, 1, 2, 3, 4, 5, 6};
        for (int epoch = 0; epoch < 8; epoch++) {
            assertEquals(ALPHA * sixths[epoch] / 6, slow.value(new Epoch(epoch, 8)), 1e-12, "epoch " + epoch);
        }
    }

    /** s = 4 and t = 6 of E = 16: α (e - 3) / 12. */
    @Test
    void a_ramp_that_is_held_early_jumps_to_alpha() {
        SmoothingSchedule early = SmoothingSchedule.of(new LabelSmoothing(ALPHA, Course.FRACTION, 0.25, 0.375));

        assertEquals(0, early.value(new Epoch(3, 16)));
        assertEquals(ALPHA / 12, early.value(new Epoch(4, 16)), 1e-12);
        assertEquals(ALPHA / 6, early.value(new Epoch(5, 16)), 1e-12);
        assertEquals(ALPHA, early.value(new Epoch(6, 16)));
    }

    @Test
    void a_ramp_that_begins_behind_the_last_epoch_never_reaches_alpha() {
        SmoothingSchedule never = SmoothingSchedule.of(new LabelSmoothing(ALPHA, Course.FRACTION, 1, 1));

        assertNotEquals(never.finalValue(), never.value(new Epoch(7, 8)));
    }

    @Test
    void the_constant_schedule_is_alpha_from_the_first_epoch() {
        assertEquals(ALPHA, schedule(Course.CONSTANT).value(new Epoch(0, 100)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1})
    void a_factor_that_is_not_negative_is_constant(double alpha) {
        SmoothingSchedule schedule = SmoothingSchedule.of(new LabelSmoothing(alpha, Course.FRACTION));

        assertEquals(alpha, schedule.value(new Epoch(0, 100)));
    }

    @Test
    void the_fraction_schedule_reaches_alpha_in_the_last_of_any_two_or_more_epochs() {
        for (int epochs = 2; epochs <= 300; epochs++) {
            assertEquals(ALPHA, schedule(Course.FRACTION).value(new Epoch(epochs - 1, epochs)), "of " + epochs);
        }
    }

    @Test
    void the_reference_schedule_reaches_alpha_in_the_last_of_any_51_or_more_epochs() {
        for (int epochs = 51; epochs <= 300; epochs++) {
            assertEquals(ALPHA, schedule(Course.REFERENCE).value(new Epoch(epochs - 1, epochs)), "of " + epochs);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 49, 50})
    void the_reference_schedule_never_reaches_alpha_within_50_epochs(int epochs) {
        SmoothingSchedule schedule = schedule(Course.REFERENCE);

        assertNotEquals(schedule.finalValue(), schedule.value(new Epoch(epochs - 1, epochs)));
    }

    private static SmoothingSchedule schedule(Course course) {
        return SmoothingSchedule.of(new LabelSmoothing(ALPHA, course));
    }
}
