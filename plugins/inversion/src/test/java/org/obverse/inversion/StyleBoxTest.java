package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

class StyleBoxTest {
    private static final Workbench BENCH = Workbench.of(StyleBoxTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_style_and_its_point_before_the_nonlinearity_are_inverse() {
        for (double p : new double[] {-3, -0.2, 0, 1e-9, 0.7, 12}) {
            assertEquals(p, StyleBox.toP(StyleBox.toW(p)), 1e-15);
        }
        assertEquals(0.7 * Math.sqrt(2), StyleBox.toW(0.7), 1e-15);
        assertEquals(-0.2 * 0.7 * Math.sqrt(2), StyleBox.toW(-0.7), 1e-15);
    }

    @Test
    void a_box_without_sides_leaves_the_style_of_its_middle() {
        StyleBox box = new StyleBox(new double[] {0.5, -2}, new double[] {1, 3}, 0);

        float[] clipped = box.clip(styles(9, -9, 0.1f, 0.1f)).toFloatArray();

        float[] middle = {(float) StyleBox.toW(0.5), (float) StyleBox.toW(-2)};
        assertArrayEquals(new float[] {middle[0], middle[1], middle[0], middle[1]}, clipped);
    }

    @Test
    void clipping_in_W_is_clipping_in_P_and_twice_is_once() {
        StyleBox box = new StyleBox(new double[] {0.5, -2}, new double[] {1, 3}, 1.5);
        NDArray w = styles(9, -9, 0.1f, 0.1f, -0.4f, 7);

        NDArray once = box.clip(w);

        assertArrayEquals(once.toFloatArray(), box.clip(once).toFloatArray());
        float[] before = w.toFloatArray();
        float[] after = once.toFloatArray();
        for (int i = 0; i < before.length; i++) {
            double expected = StyleBox.toW(box.clip(i % 2, StyleBox.toP(before[i])));
            assertEquals(expected, after[i], 1e-6);
        }
    }

    @Test
    void an_infinite_reach_bounds_nothing_even_where_nothing_deviates() {
        StyleBox box = new StyleBox(new double[] {0, 0}, new double[] {1, 0}, Double.POSITIVE_INFINITY);

        assertArrayEquals(new float[] {99, -99}, box.clip(styles(99, -99)).toFloatArray());
        assertEquals(-99, box.clip(1, -99));
    }

    /** p is z there, truncated towards 0. */
    @Test
    void middle_and_deviation_are_those_of_the_priors_draws() {
        StyleBox box = box(new Rectified(Math.sqrt(2)), 4000, 0.7, 64);

        for (int j = 0; j < Rectified.SIZE; j++) {
            assertEquals(0.3, box.mean(j), 4 * 0.7 / Math.sqrt(4000));
            assertEquals(0.7, box.deviation(j), 4 * 0.7 / Math.sqrt(8000));
        }
    }

    @Test
    void the_batch_changes_no_box_and_a_factor_of_all_styles_only_its_scale() {
        StyleBox box = box(new Rectified(Math.sqrt(2)), 300, 0.7, 64);
        StyleBox other = box(new Rectified(Math.sqrt(2)), 300, 0.7, 7);
        StyleBox plain = box(new Rectified(1), 300, 0.7, 64);

        assertEquals(box.deviation(2), other.deviation(2), 1e-9);
        assertEquals(box.deviation(2), plain.deviation(2) * Math.sqrt(2), 1e-6);
        NDArray w = styles(2, -2);
        float[] clipped = box.clip(w.repeat(1, 2)).toFloatArray();
        float[] scaled =
                plain.clip(w.repeat(1, 2).div(Math.sqrt(2))).mul(Math.sqrt(2)).toFloatArray();
        assertTrue(clipped[0] < 2);
        assertArrayEquals(clipped, scaled, 1e-5f);
    }

    @Test
    void what_is_no_box_is_refused() {
        assertEquals(
                List.of("deviations", "draws", "truncation-psi"),
                new StyleBox.Settings(-1, 1, 0)
                        .check().stream().map(Problem::path).toList());
        assertEquals(List.of(), StyleBox.Settings.DEFAULT.check());
    }

    private static StyleBox box(Mapped generator, int draws, double psi, int batch) {
        return StyleBox.of(generator, new StyleBox.Settings(1, draws, psi), BENCH.stream(3), BENCH.manager(), batch);
    }

    private static NDArray styles(float... values) {
        return BENCH.manager().create(values, new Shape(values.length / 2, 2));
    }

    /** A leaky ReLU of z and a gain, about the average of p = 0.3. */
    private record Rectified(double gain) implements Mapped {
        static final int SIZE = 4;

        @Override
        public int rows() {
            return 2;
        }

        @Override
        public int styleSize() {
            return SIZE;
        }

        @Override
        public int latentSize() {
            return SIZE;
        }

        @Override
        public Shape image() {
            return new Shape(1, 1, SIZE);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(2, SIZE);
        }

        @Override
        public NDArray locate(NDArray z) {
            return map(z, Truncation.NONE);
        }

        @Override
        public NDArray map(NDArray z, Truncation truncation) {
            NDArray p = z.mul(truncation.psi()).add(0.3).expandDims(1).repeat(1, 2);
            return BENCH.operators().leakyRelu(p, 0.2, gain);
        }

        @Override
        public NDArray generate(NDArray points) {
            return points.get(":,0").reshape(-1, 1, 1, SIZE);
        }
    }
}
