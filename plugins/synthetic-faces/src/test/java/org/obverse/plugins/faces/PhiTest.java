package org.obverse.plugins.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhiTest {
    /** Expected values: ½·erfc(−z/√2) of the C library, and the usual quantile of 97.5 %. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "0.5, 0.6914624612740131",
        "1, 0.8413447460685429",
        "1.959963984540054, 0.975",
        "-3, 0.0013498980316300933",
        "-6, 9.865876450376946e-10",
        "7.5, 0.9999999999999681",
        "-20, 0",
        "20, 1",
        "NaN, NaN"
    })
    void known_values_are_met(double z, double expected) {
        assertEquals(expected, Phi.of(z), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-7.99, -2.3, -0.4, 0, 0.1, 1.7, 7.99})
    void its_slope_is_the_normal_density(double z) {
        double step = 1e-5;

        double slope = (Phi.of(z + step) - Phi.of(z - step)) / (2 * step);

        assertEquals(Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI), slope, 1e-9);
    }
}
