package org.obverse.plugins.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogitLossTest {
    private static final Workbench BENCH = Workbench.of(LogitLossTest.class);
    private static final Fixture POINCARE = BENCH.fixture("poincare.safetensors");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** So that a search of surrogates alone needs no white box; who shows a loss the target says so. */
    @Test
    void no_loss_asks_for_access_of_its_own() {
        for (Component<?, ?> component : new IdentityLossesPlugin().components()) {
            if (component.kind() == Kind.IDENTITY_LOSS) {
                assertEquals(Access.NONE, access(component), component.name());
            }
        }
    }

    private static <C extends Record> Access access(Component<C, ?> component) {
        return component.requirements().apply(component.defaults()).access();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "face", "two"})
    void poincare_in_float32_is_the_published_loss_and_gradient(String group) {
        NDArray logits = POINCARE.get(group + ".logits");
        NDArray targets = POINCARE.get(group + ".targets");

        assertClose(POINCARE.get(group + ".loss"), losses(LogitLoss.POINCARE, logits, targets), 1e-5);
        assertClose(
                POINCARE.get(group + ".grad_of_mean"),
                gradient(LogitLoss.POINCARE, logits, targets, NDArray::mean),
                1e-5);
    }

    @Test
    void poincare_of_dominated_uniform_and_tiny_logits_is_the_published_one() {
        NDArray logits = POINCARE.get("edge.logits");
        NDArray targets = POINCARE.get("edge.targets");

        assertClose(POINCARE.get("edge.loss"), losses(LogitLoss.POINCARE, logits, targets), 1e-5);
        NDArray expected = POINCARE.get("edge.grad_of_sum");
        NDArray actual = gradientOfSum(LogitLoss.POINCARE, logits, targets);
        NDArray size = expected.abs().max(new int[] {1}, true).maximum(1);
        assertClose(expected.div(size), actual.div(size), 1e-5);
    }

    @Test
    void losses_in_float64_are_the_formulas_of_the_specification() throws IOException {
        JsonNode expected = json();
        NDArray logits = sines();
        NDArray targets = BENCH.manager().create(new long[] {0, 3, 4, 1});

        assertMean(expected.path("poincare").asDouble(), LogitLoss.POINCARE, logits, targets);
        assertMean(expected.path("max_margin").asDouble(), LogitLoss.MAX_MARGIN, logits, targets);
        assertMean(expected.path("smoothed_ce").path("0.0").asDouble(), LogitLoss.CROSS_ENTROPY, logits, targets);
    }

    @Test
    void the_logit_loss_is_the_negative_logit_of_the_target() {
        NDArray logits = BENCH.manager().create(new double[] {1, -2, 3, 4, 5, -6}, new Shape(2, 3));

        NDArray losses = losses(LogitLoss.LOGIT, logits, BENCH.manager().create(new long[] {1, 2}));

        assertArrayEquals(new double[] {2, 6}, losses.toDoubleArray());
    }

    @Test
    void the_margin_is_to_the_strongest_other_class() {
        NDArray logits = BENCH.manager().create(new double[] {1, -2, 3, 4, 5, -6}, new Shape(2, 3));

        NDArray losses = losses(LogitLoss.MAX_MARGIN, logits, BENCH.manager().create(new long[] {2, 0}));

        assertArrayEquals(new double[] {-2, 1}, losses.toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource
    void gradients_agree_with_finite_differences(LogitLoss loss) {
        NDArray logits = sines();
        NDArray targets = BENCH.manager().create(new long[] {0, 3, 4, 1});
        double step = 1e-6;

        double[] gradient = gradientOfSum(loss, logits, targets).toDoubleArray();

        double[] values = logits.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double above = sumAt(loss, targets, values, i, step);
            double below = sumAt(loss, targets, values, i, -step);
            assertEquals((above - below) / (2 * step), gradient[i], 2e-7, "entry " + i);
        }
    }

    /** Near e^-88 begin the numbers that processors are slow with. */
    @Test
    void classes_that_are_all_but_impossible_change_no_bit_of_cross_entropy_and_have_no_gradient() {
        NDArray logits = BENCH.manager().create(new float[] {3, -56, -58, -92, 3, -56, -58, -92}, new Shape(2, 4));
        NDArray targets = BENCH.manager().create(new long[] {0, 3});

        float[] losses = losses(LogitLoss.CROSS_ENTROPY, logits, targets).toFloatArray();
        float[] gradient =
                gradientOfSum(LogitLoss.CROSS_ENTROPY, logits, targets).toFloatArray();

        NDArray logarithms = logits.logSoftmax(1);
        assertArrayEquals(new float[] {-logarithms.getFloat(0, 0), -logarithms.getFloat(1, 3)}, losses);
        float unlikely = (float) Math.exp(-59);
        assertArrayEquals(new float[] {0, unlikely, 0, 0, 1, unlikely, 0, -1}, gradient, 1e-31f);
        assertEquals(95, losses[1]);
    }

    @Test
    void poincare_does_not_see_how_certain_the_target_is() {
        NDArray targets = BENCH.manager().create(new long[] {0, 3, 4, 1});

        assertClose(
                losses(LogitLoss.POINCARE, sines(), targets),
                losses(LogitLoss.POINCARE, sines().mul(1000), targets),
                1e-9);
    }

    @Test
    void a_point_on_the_border_has_infinite_loss_and_logits_of_zero_have_none() {
        NDArray logits = BENCH.manager().create(new float[] {0, 7, 0, 0, 0, 0}, new Shape(2, 3));

        float[] losses = losses(LogitLoss.POINCARE, logits, BENCH.manager().create(new long[] {0, 0}))
                .toFloatArray();

        assertEquals(Float.POSITIVE_INFINITY, losses[0]);
        assertTrue(Float.isNaN(losses[1]));
    }

    private static NDArray losses(LogitLoss loss, NDArray logits, NDArray targets) {
        return loss.perSample(logits, targets, BENCH.operators());
    }

    private static NDArray gradientOfSum(LogitLoss loss, NDArray logits, NDArray targets) {
        return gradient(loss, logits, targets, NDArray::sum);
    }

    private static NDArray gradient(LogitLoss loss, NDArray logits, NDArray targets, UnaryOperator<NDArray> reduction) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray variable = BENCH.gradients().variable(logits);
            NDArray scalar = reduction.apply(losses(loss, variable, targets));
            return BENCH.gradients().of(scalar, new NDList(variable)).head();
        }
    }

    private static double sumAt(LogitLoss loss, NDArray targets, double[] values, int entry, double change) {
        double[] moved = values.clone();
        moved[entry] += change;
        return losses(loss, BENCH.manager().create(moved, new Shape(4, 5)), targets)
                .sum()
                .getDouble();
    }

    private static void assertMean(double expected, LogitLoss loss, NDArray logits, NDArray targets) {
        double mean = losses(loss, logits, targets).mean().getDouble();
        assertEquals(expected, mean, 1e-9 * Math.abs(expected));
    }

    private static void assertClose(NDArray expected, NDArray actual, double tolerance) {
        assertEquals(expected.getShape(), actual.getShape());
        double[] differences = expected.sub(actual)
                .abs()
                .toType(DataType.FLOAT64, false)
                .flatten()
                .toDoubleArray();
        for (double difference : differences) {
            assertTrue(difference <= tolerance, () -> difference + " > " + tolerance);
        }
    }

    /** The logits of losses.json: 3 sin(1.3 i + 0.7 j + 0.2), 4 x 5. */
    private static NDArray sines() {
        double[] values = new double[20];
        for (int k = 0; k < values.length; k++) {
            int row = k / 5;
            values[k] = 3 * Math.sin(1.3 * row + 0.7 * (k % 5) + 0.2);
        }
        return BENCH.manager().create(values, new Shape(4, 5));
    }

    private static JsonNode json() throws IOException {
        try (InputStream stream = LogitLossTest.class.getResourceAsStream("/losses.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
        }
    }
}
