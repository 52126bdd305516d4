package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** {@code tsne.safetensors}: scikit-learn 1.2.1, exact, perplexity 30, of 240 points of six overlapping Gaussians in 20 dimensions. */
class TsneTest {
    private static Workbench bench;
    private static Fixture fixture;

    @BeforeAll
    static void open() {
        bench = Workbench.of(TsneTest.class);
        fixture = bench.fixture("tsne.safetensors");
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static double[][] rows(String name) {
        return Tensors.rows(fixture.get(name));
    }

    private static double value(String name) {
        return Tensors.value(fixture.get(name));
    }

    @Test
    void trustworthiness_is_that_of_the_reference_on_its_own_map() {
        assertEquals(value("trustworthiness12"), new Trustworthiness(12).of(rows("x"), rows("embedding")), 1e-12);
        assertEquals(value("trustworthiness5"), new Trustworthiness(5).of(rows("x"), rows("embedding")), 1e-12);
    }

    @Test
    void the_divergence_is_that_of_the_reference_on_its_own_map() {
        assertEquals(value("kl"), new Tsne(30).divergence(rows("x"), rows("embedding")), 2e-3);
    }

    @Test
    void a_map_keeps_neighbours_as_well_as_the_references_and_diverges_as_little() {
        double[][] x = rows("x");
        double[][] components = new PrincipalComponents(bench.operators()).of(fixture.get("x"), 50);
        int[] steps = new int[1];

        double[][] map =
                new Tsne(30).map(x, PrincipalComponents.start(components), (done, total) -> steps[0] = done + 1);

        assertEquals(1000, steps[0]);
        assertEquals(value("kl"), new Tsne(30).divergence(x, map), 0.01);
        assertEquals(value("trustworthiness12"), new Trustworthiness(12).of(x, map), 0.01);
    }

    @Test
    void points_on_a_line_keep_their_neighbours_and_a_map_turned_inside_out_does_not() {
        double[][] line = new double[10][1];
        double[][] folded = new double[10][2];
        for (int i = 0; i < line.length; i++) {
            line[i][0] = i + 0.01 * i * i;
            folded[i][0] = i % 2 == 0 ? i : 100 - i;
        }

        assertEquals(1, new Trustworthiness(3).of(line, line), 1e-15);
        assertTrue(new Trustworthiness(3).of(line, folded) < 0.9);
    }

    @Test
    void principal_components_are_those_of_a_turned_ellipse() {
        double[][] ellipse = {{3, 4}, {-3, -4}, {-0.8, 0.6}, {0.8, -0.6}};
        double[] flat = Arrays.stream(ellipse).flatMapToDouble(Arrays::stream).toArray();

        double[][] components =
                new PrincipalComponents(bench.operators()).of(bench.manager().create(flat, new Shape(4, 2)), 1);

        assertEquals(1, components[0].length);
        assertEquals(5, components[0][0], 1e-12);
        assertEquals(-5, components[1][0], 1e-12);
        assertEquals(0, components[2][0], 1e-12);
        assertEquals(5e-4 / Math.sqrt(12.5) / 5 * 5, PrincipalComponents.start(components)[0][0], 1e-15);
    }
}
