package org.obverse.plugins.rlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.inversion.Certainty;
import org.obverse.testkit.Workbench;

class RewardTest {
    private static final Workbench BENCH = Workbench.of(RewardTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void rewards_are_the_worked_values() {
        assertEquals(-11.675085, reward(Mode.CORRECTED, 0.6, 0.3), 5e-7);
        assertEquals(4 * Math.log(0.6) + 8 * Math.log(0.3), reward(Mode.CORRECTED, 0.6, 0.3), 1e-12);
        assertEquals(-138.155106, reward(Mode.CORRECTED, 0.1, 0.5), 5e-7);
        assertEquals(4 * Math.log(0.1) + 8 * Math.log(1e-7), reward(Mode.CORRECTED, 0.1, 0.5), 1e-12);
    }

    @Test
    void the_action_and_what_the_generator_is_given_count_each_for_itself() {
        double reward = new Reward(SacSettings.DEFAULT).of(certainty(0.6, 0.3), certainty(0.2, 0.7));

        assertEquals(2 * Math.log(0.6) + 2 * Math.log(0.2) + 8 * Math.log(0.3), reward, 1e-12);
    }

    @Test
    void near_certainty_a_surer_image_is_worth_more() {
        double sure = reward(Mode.CORRECTED, 1 - 1e-12, 1e-12);

        assertTrue(Double.isFinite(sure));
        assertTrue(sure > reward(Mode.CORRECTED, 0.999, 0.001));
    }

    @Test
    void a_hopeless_image_has_the_reward_of_the_floor_and_in_the_released_code_none_that_is_finite() {
        Certainty hopeless = new Certainty(-500, -500);

        assertEquals(4 * -60 + 8 * Math.log(1e-7), new Reward(SacSettings.DEFAULT).of(hopeless, hopeless), 1e-9);
        assertEquals(Double.NEGATIVE_INFINITY, new Reward(settings(Mode.REFERENCE)).of(hopeless, hopeless));
    }

    private static double reward(Mode mode, double own, double other) {
        return new Reward(settings(mode)).of(certainty(own, other), certainty(own, other));
    }

    private static Certainty certainty(double own, double other) {
        double[] logs = {Math.log(own), Math.log(other)};
        return Certainty.of(BENCH.manager().create(logs, new Shape(1, 2)), 0)[0];
    }

    private static SacSettings settings(Mode mode) {
        SacSettings d = SacSettings.DEFAULT;
        return new SacSettings(mode, 1, 0, 2, 2, 8, d.leastLead(), d.floor(), 4, 1e-3, 4, 0, 0);
    }
}
