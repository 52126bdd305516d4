package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.random.CounterStream;

class KaimingTest {
    private static final Shape CONVOLUTION = new Shape(64, 32, 3, 3);
    private final RandomStream stream = CounterStream.of(1);

    @Test
    void torchs_weights_are_uniform_with_a_bound_of_one_over_the_root_of_the_inputs() {
        float[] values = Kaiming.uniform().values(CONVOLUTION, stream);
        double bound = 1 / Math.sqrt(32 * 9);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest <= bound && largest > 0.999 * bound, "largest " + largest + ", bound " + bound);
        assertEquals(bound * bound / 3, variance(values), 0.05 * bound * bound / 3);
    }

    @Test
    void residual_weights_are_normal_with_twice_the_reciprocal_of_the_outputs_as_variance() {
        double expected = 2.0 / (64 * 9);
        assertEquals(expected, variance(Kaiming.normalFanOut().values(CONVOLUTION, stream)), 0.05 * expected);
    }

    @Test
    void densely_connected_weights_are_normal_with_twice_the_reciprocal_of_the_inputs_as_variance() {
        double expected = 2.0 / (32 * 9);
        assertEquals(expected, variance(Kaiming.normalFanIn().values(CONVOLUTION, stream)), 0.05 * expected);
    }

    @Test
    void a_linear_weight_has_no_window() {
        float[] values = Kaiming.uniform().values(new Shape(100, 25), stream);
        assertEquals(0.2 * 0.2 / 3, variance(values), 0.1 * 0.2 * 0.2 / 3);
    }

    private static double variance(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }
}
