package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramingFitTest {
    @Test
    void a_crop_larger_than_the_image_is_a_problem_that_names_both_sizes() {
        String problem = new Framing(40, 0).fit(new Shape(3, 32, 36)).get(0).toString();
        assertTrue(
                problem.contains("center-crop") && problem.contains("40") && problem.contains("at most 32"), problem);
    }

    @Test
    void a_crop_of_the_whole_image_fits() {
        assertEquals(List.of(), new Framing(32, 0).fit(new Shape(3, 32, 36)));
    }
}
