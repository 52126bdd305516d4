package org.obverse.plugins.bido;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.testkit.Workbench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DependenceTest {
    private static final Workbench BENCH = Workbench.of(DependenceTest.class);
    private static final JsonNode PUBLISHED = json("losses.json").path("bido");
    private static final double SIGMA = 5;
    private static final double EPSILON = 1e-5;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void hsic_of_activations_and_images_is_the_published_value() {
        check("hsic_hx_gauss", new Hsic(EPSILON), gaussian(data()));
        check("hsic_hx_symmetric_centering", new Hsic(EPSILON), gaussian(data()));
    }

    @Test
    void hsic_of_activations_and_labels_is_the_published_value() {
        check("hsic_hy_linear", new Hsic(EPSILON), linear(labels()));
        check("hsic_hy_gauss", new Hsic(EPSILON), gaussian(labels()));
    }

    @Test
    void coco_of_activations_and_images_is_the_published_value() {
        check("coco_hx_frobenius", coco(Norm.FROBENIUS), gaussian(data()));
        check("coco_hx_spectral", coco(Norm.SPECTRAL), gaussian(data()));
    }

    @Test
    void coco_of_activations_and_labels_is_the_published_value() {
        check("coco_hy_linear_frobenius", coco(Norm.FROBENIUS), linear(labels()));
        check("coco_hy_linear_spectral", coco(Norm.SPECTRAL), linear(labels()));
    }

    /** H / (1 + ε m) is the operator of the identity, and tr H = m - 1. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 64})
    void hsic_of_a_batch_of_all_different_samples_with_itself_grows_with_the_batch(int m) {
        NDArray kernel = Kernels.centered(BENCH.manager().eye(m, m, 0, DataType.FLOAT64));

        double expected = (m - 1) / Math.pow(1 + EPSILON * m, 2);
        assertEquals(expected, of(new Hsic(EPSILON), kernel, kernel), 1e-10 * m);
    }

    /** The centred linear kernel of (1, -1) has the one eigenvalue 2. */
    @Test
    void two_opposite_samples_are_the_closed_form() {
        NDArray kernel =
                Kernels.centered(Kernels.linear(BENCH.manager().create(new double[] {1, -1}, new Shape(2, 1))));

        assertEquals(Math.pow(1 / (1 + EPSILON), 2), of(new Hsic(EPSILON), kernel, kernel), 1e-10);
        assertEquals(1, of(coco(Norm.FROBENIUS), kernel, kernel), 1e-12);
        assertEquals(1, of(coco(Norm.SPECTRAL), kernel, kernel), 1e-12);
    }

    /** Two orthogonal directions of equal weight: the Frobenius norm counts both, the spectral norm one. */
    @Test
    void the_norms_differ_where_more_than_one_direction_depends() {
        double[] square = {1, 0, -1, 0, 0, 1, 0, -1};
        NDArray kernel = Kernels.centered(Kernels.linear(BENCH.manager().create(square, new Shape(4, 2))));

        assertEquals(Math.sqrt(4 * Math.sqrt(2)) / 4, of(coco(Norm.FROBENIUS), kernel, kernel), 1e-12);
        assertEquals(Math.sqrt(4) / 4, of(coco(Norm.SPECTRAL), kernel, kernel), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void nothing_depends_on_what_is_constant(Norm norm) {
        NDArray constant = linear(BENCH.manager().ones(new Shape(6, 3), DataType.FLOAT64));

        assertEquals(0, of(coco(norm), hidden(), constant), 1e-7);
        assertEquals(0, of(new Hsic(EPSILON), hidden(), constant), 1e-7);
    }

    @Test
    void a_gaussian_kernel_is_the_formula() {
        NDArray points = BENCH.manager().create(new double[] {0, 0, 3, 4}, new Shape(2, 2));

        double[] kernel = Kernels.gaussian(points, SIGMA).toDoubleArray();
        assertEquals(1, kernel[0], 1e-14);
        assertEquals(Math.exp(-25 / (2 * 25.0 * 2)), kernel[1], 1e-14);
    }

    private static void check(String value, Dependence dependence, NDArray other) {
        double expected = PUBLISHED.path(value).asDouble();
        double actual = of(dependence, hidden(), other);
        assertEquals(expected, actual, 1e-9 * expected, value);
    }

    private static double of(Dependence dependence, NDArray a, NDArray b) {
        return dependence
                .between(dependence.operator(a), dependence.operator(b))
                .getDouble();
    }

    private static Coco coco(Norm norm) {
        return new Coco(norm, BENCH.operators());
    }

    private static NDArray hidden() {
        return gaussian(sines(4, 1.1, 0.6, 0.3));
    }

    private static NDArray data() {
        return sines(3, 0.4, 1.7, -0.2);
    }

    private static NDArray labels() {
        return BENCH.manager().create(new long[] {0, 1, 2, 0, 1, 2}).oneHot(3, DataType.FLOAT64);
    }

    private static NDArray gaussian(NDArray samples) {
        return Kernels.centered(Kernels.gaussian(samples, SIGMA));
    }

    private static NDArray linear(NDArray samples) {
        return Kernels.centered(Kernels.linear(samples));
    }

    private static NDArray sines(int columns, double row, double column, double phase) {
        double[] values = new double[6 * columns];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < columns; j++) {
                values[columns * i + j] = Math.sin(row * i + column * j + phase);
            }
        }
        return BENCH.manager().create(values, new Shape(6, columns));
    }

    private static JsonNode json(String file) {
        try (InputStream stream = DependenceTest.class.getResourceAsStream("/" + file)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
