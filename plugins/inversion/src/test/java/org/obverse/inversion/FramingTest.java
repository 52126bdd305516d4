package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Resampling;

class FramingTest {
    private static final Shape IMAGE = new Shape(3, 64, 64);
    private static final Shape INPUT = new Shape(3, 20, 24);

    @Test
    void zero_resizes_to_the_size_that_the_target_takes() {
        Resampling framed = new Framing(50, 0).of(IMAGE, INPUT);

        assertEquals(20, framed.height());
        assertEquals(24, framed.width());
    }

    @Test
    void a_size_is_that_of_the_shorter_side() {
        Resampling framed = new Framing(0, 14).of(new Shape(3, 59, 78), INPUT);

        assertEquals(14, framed.height());
        assertEquals(18, framed.width());
    }

    @Test
    void a_crop_larger_than_the_image_is_refused_with_both_sizes() {
        var refused = assertThrows(InvalidConfigurationException.class, () -> new Framing(65, 14).of(IMAGE, INPUT));

        Problem problem = refused.problems().get(0);
        assertEquals("center-crop", problem.path());
        assertTrue(problem.message().contains("65"), problem::message);
        assertTrue(problem.message().contains("64 x 64"), problem::message);
    }

    @Test
    void negative_sizes_are_problems() {
        List<String> keys =
                new Framing(-1, -1).check().stream().map(Problem::path).toList();

        assertEquals(List.of("center-crop", "resize"), keys);
    }
}
