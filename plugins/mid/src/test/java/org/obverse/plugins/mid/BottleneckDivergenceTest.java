package org.obverse.plugins.mid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Activations;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("try")
class BottleneckDivergenceTest {
    private static final Workbench BENCH = Workbench.of(BottleneckDivergenceTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void its_mean_is_the_published_value() {
        NDArray mu = table((i, j) -> Math.sin(0.5 * i + 0.3 * j + 0.1));
        NDArray raw = table((i, j) -> Math.sin(0.8 * i + 0.6 * j));
        NDArray sigma = BENCH.operators().softplus(raw.sub(5));

        double expected = json("losses.json").path("vib_kl").path("value").asDouble();
        double actual = divergence(mu, sigma).mean().getDouble();
        assertEquals(expected, actual, 1e-9 * expected);
    }

    @Test
    void a_standard_normal_costs_nothing() {
        NDArray zeros = BENCH.manager().zeros(new Shape(4, 3), DataType.FLOAT64);

        assertArrayEquals(new double[4], divergence(zeros, zeros.add(1)).toDoubleArray());
    }

    /** A mean of d costs d²/2 nats, a standard deviation of 1/e costs (e⁻² + 1)/2. */
    @Test
    void each_sample_costs_the_sum_over_its_own_numbers() {
        NDArray mu = BENCH.manager().create(new double[] {3, 4, 0, 0}, new Shape(2, 2));
        NDArray sigma = BENCH.manager().create(new double[] {1, 1, 1, Math.exp(-1)}, new Shape(2, 2));

        double[] expected = {12.5, (Math.exp(-2) + 1) / 2};
        assertArrayEquals(expected, divergence(mu, sigma).toDoubleArray(), 1e-14);
    }

    @Test
    void its_gradient_is_that_of_finite_differences() {
        NDArray mu = table((i, j) -> Math.sin(0.5 * i + 0.3 * j + 0.1));
        NDArray sigma = table((i, j) -> 0.6 + 0.5 * Math.sin(0.8 * i + 0.6 * j));
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray leafMu = BENCH.gradients().variable(mu);
            NDArray leafSigma = BENCH.gradients().variable(sigma);
            NDList gradients =
                    BENCH.gradients().of(divergence(leafMu, leafSigma).mean(), new NDList(leafMu, leafSigma));
            double step = 1e-5;
            for (int i = 0; i < 12; i++) {
                NDArray move = BENCH.manager().create(unit(i, step), new Shape(4, 3));
                double alongMu = mean(mu.add(move), sigma) - mean(mu.sub(move), sigma);
                double alongSigma = mean(mu, sigma.add(move)) - mean(mu, sigma.sub(move));
                assertEquals(alongMu / (2 * step), gradients.get(0).toDoubleArray()[i], 1e-8);
                assertEquals(alongSigma / (2 * step), gradients.get(1).toDoubleArray()[i], 1e-7);
            }
        }
    }

    private static double mean(NDArray mu, NDArray sigma) {
        return divergence(mu, sigma).mean().getDouble();
    }

    private static double[] unit(int index, double value) {
        double[] unit = new double[12];
        unit[index] = value;
        return unit;
    }

    private static NDArray divergence(NDArray mu, NDArray sigma) {
        NDArray unread = mu.zerosLike();
        Activations activations = new Activations(unread, Map.of(Bottleneck.MU, mu, Bottleneck.SIGMA, sigma));
        return new BottleneckDivergence(1).loss(unread, activations, unread, unread);
    }

    private static NDArray table(DoubleBinaryOperator value) {
        double[] values = new double[12];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                values[3 * i + j] = value.applyAsDouble(i, j);
            }
        }
        return BENCH.manager().create(values, new Shape(4, 3));
    }

    private static JsonNode json(String file) {
        try (InputStream stream = BottleneckDivergenceTest.class.getResourceAsStream("/" + file)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
