package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepDecayTest {
    @Test
    void the_factor_applies_from_the_step_after_a_milestone() {
        StepDecay decay = new StepDecay(0.5, List.of(2, 4), 0.1);

        assertEquals(0.5, decay.at(1));
        assertEquals(0.05, decay.at(2), 1e-15);
        assertEquals(0.05, decay.at(3), 1e-15);
        assertEquals(0.005, decay.at(4), 1e-15);
    }

    @Test
    void without_milestones_the_rate_stays() {
        assertEquals(0.5, new StepDecay(0.5, List.of(), 0.1).at(1000));
    }
}
