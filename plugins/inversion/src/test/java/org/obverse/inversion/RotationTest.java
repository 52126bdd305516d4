package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Rotation;
import org.obverse.testkit.Workbench;

class RotationTest {
    private static final Workbench BENCH = Workbench.of(RotationTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void no_turn_changes_nothing() {
        NDArray images = random(2, 3, 5, 4);

        assertArrayEquals(images.toDoubleArray(), Rotation.apply(images, 0, 0).toDoubleArray());
    }

    /** Counterclockwise, the right column becomes the top row. */
    @Test
    void a_quarter_turn_moves_every_pixel_of_a_square_to_its_place() {
        NDArray images = random(1, 3, 6, 6);

        NDArray turned = Rotation.apply(images, 90);

        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    assertEquals(images.getDouble(0, c, x, 5 - y), turned.getDouble(0, c, y, x), 1e-12);
                }
            }
        }
    }

    @Test
    void every_image_turns_by_its_own_angle() {
        NDArray images = random(2, 1, 4, 4);

        NDArray turned = Rotation.apply(images, 0, 180);

        for (int i = 0; i < 16; i++) {
            assertEquals(images.getDouble(0, 0, i / 4, i % 4), turned.getDouble(0, 0, i / 4, i % 4));
            assertEquals(images.getDouble(1, 0, 3 - i / 4, 3 - i % 4), turned.getDouble(1, 0, i / 4, i % 4), 1e-12);
        }
    }

    /** At 45 degrees the point above the centre comes from the upper right, 0.7071 rows and columns away. */
    @Test
    void what_lies_between_pixels_is_their_bilinear_mixture() {
        NDArray images = random(1, 1, 3, 3);

        double found = Rotation.apply(images, 45).getDouble(0, 0, 0, 1);

        double near = 1 - Math.sqrt(0.5);
        double far = Math.sqrt(0.5);
        double expected = near * near * images.getDouble(0, 0, 1, 1)
                + far * near * images.getDouble(0, 0, 0, 1)
                + near * far * images.getDouble(0, 0, 1, 2)
                + far * far * images.getDouble(0, 0, 0, 2);
        assertEquals(expected, found, 1e-12);
    }

    @Test
    void what_comes_from_outside_is_zero() {
        NDArray turned = Rotation.apply(BENCH.manager().ones(new Shape(1, 1, 9, 9)), 45);

        assertEquals(0, turned.getFloat(0, 0, 0, 0));
        assertEquals(1, turned.getFloat(0, 0, 4, 4), 1e-6f);
    }

    @Test
    void the_gradient_is_that_of_central_differences() {
        NDArray images = random(2, 2, 4, 5);
        NDArray weights = random(2, 2, 4, 5);
        NDArray variable = BENCH.gradients().variable(images);
        NDArray gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            gradient = BENCH.gradients()
                    .of(value(variable, weights), new NDList(variable))
                    .head();
        }

        double[] values = images.toDoubleArray();
        double[] found = gradient.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double above = value(moved(images, i, 1e-6), weights).getDouble();
            double below = value(moved(images, i, -1e-6), weights).getDouble();
            assertEquals((above - below) / 2e-6, found[i], 1e-8, "pixel " + i);
        }
    }

    @Test
    void an_angle_is_missing() {
        assertThrows(IllegalArgumentException.class, () -> Rotation.apply(random(2, 1, 3, 3), 5));
    }

    private static NDArray value(NDArray images, NDArray weights) {
        return Rotation.apply(images, 13, -31).square().mul(weights).sum();
    }

    private static NDArray moved(NDArray images, int element, double by) {
        double[] values = images.toDoubleArray();
        values[element] += by;
        return BENCH.manager().create(values, images.getShape());
    }

    private static NDArray random(long... shape) {
        Shape of = new Shape(shape);
        double[] values = new double[Math.toIntExact(of.size())];
        var stream = BENCH.stream(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = stream.gaussian();
        }
        return BENCH.manager().create(values, of);
    }
}
