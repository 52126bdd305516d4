package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CosineRampTest {
    @Test
    void the_rate_rises_stays_and_falls_along_half_a_cosine() {
        CosineRamp ramp = new CosineRamp(0.2, 1000, 0.05, 0.25);

        assertEquals(0, ramp.at(0));
        assertEquals(0.2 * 20 / 50, ramp.at(20), 1e-15);
        assertEquals(0.2, ramp.at(50), 1e-15);
        assertEquals(0.2, ramp.at(750), 1e-15);
        assertEquals(0.1, ramp.at(875), 1e-15);
        assertEquals(0.2 * 0.5 * (1 - Math.cos(Math.PI * 0.004)), ramp.at(999), 1e-15);
    }

    @Test
    void without_ramps_it_stays() {
        CosineRamp ramp = new CosineRamp(0.2, 4, 0, 0);

        for (int step = 0; step < 4; step++) {
            assertEquals(0.2, ramp.at(step), 1e-15);
        }
    }
}
