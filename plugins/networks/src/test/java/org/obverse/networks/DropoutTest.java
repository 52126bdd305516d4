package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {
    @Test
    void each_element_is_dropped_with_the_rate_or_else_divided_by_what_is_kept() {
        try (Bench bench = new Bench(1)) {
            double[] y = Dropout.of("drop", 0.3)
                    .apply(bench.gaussians("x", 100, 100).onesLike(), bench.training("step"))
                    .toDoubleArray();
            long dropped = Arrays.stream(y).filter(value -> value == 0).count();
            // Binomial with 10,000 trials: the standard deviation is 46.
            assertEquals(3000, (double) dropped, 4 * 46);
            assertEquals(
                    10_000 - dropped,
                    Arrays.stream(y)
                            .filter(value -> Math.abs(value - 1 / 0.7) < 1e-6)
                            .count());
        }
    }

    @Test
    void what_a_sample_draws_does_not_depend_on_how_many_follow_it() {
        try (Bench bench = new Bench(2)) {
            NDArray x = bench.gaussians("x", 5, 50);
            Layer layer = Dropout.of("drop", 0.5);
            assertArrayEquals(
                    layer.apply(x.get("0:2"), bench.training("step")).toDoubleArray(),
                    layer.apply(x, bench.training("step")).get("0:2").toDoubleArray());
        }
    }

    @Test
    void layers_of_different_names_draw_different_masks() {
        try (Bench bench = new Bench(3)) {
            NDArray x = bench.gaussians("x", 2, 50);
            assertFalse(Arrays.equals(
                    Dropout.of("a", 0.5).apply(x, bench.training("step")).toDoubleArray(),
                    Dropout.of("b", 0.5).apply(x, bench.training("step")).toDoubleArray()));
        }
    }

    @Test
    void evaluation_changes_nothing() {
        try (Bench bench = new Bench(4)) {
            NDArray x = bench.gaussians("x", 2, 5);
            assertSame(x, Dropout.of("drop", 0.5).apply(x, bench.evaluation()));
        }
    }

    @Test
    void a_rate_of_one_would_leave_nothing_and_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Dropout.of("drop", 1));
    }
}
