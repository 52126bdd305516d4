package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.obverse.api.tensor.Gradients;

/** The independent reference for derivatives: central differences of a function, in float64. */
final class FiniteDifferences {
    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    /**
     * Asserts that the gradient of a weighted sum of {@code function}'s values is the one of central differences. The
     * weights differ from entry to entry, so that no derivative hides behind a sum.
     *
     * @param tolerance in units of the largest derivative, or absolute where all are below 1
     */
    static void assertGradient(
            TorchRuntime torch, double[] point, Shape shape, UnaryOperator<NDArray> function, double tolerance) {
        Gradients gradients = torch.gradients();
        try (NDManager manager = torch.manager().newSubManager();
                Gradients.Recording recording = gradients.recording()) {
            NDArray x = gradients.variable(manager.create(point).reshape(shape));
            double[] gradient =
                    gradients.of(weigh(function.apply(x)), new NDList(x)).head().toDoubleArray();
            double[] expected = of(manager, point, shape, function);
            double largest = DoubleStream.of(expected).map(Math::abs).max().orElse(0);
            assertArrayEquals(expected, gradient, tolerance * Math.max(1, largest));
        }
    }

    private static double[] of(NDManager manager, double[] point, Shape shape, UnaryOperator<NDArray> function) {
        double[] derivative = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            double[] shifted = point.clone();
            shifted[i] = point[i] + STEP;
            double above = weigh(function.apply(manager.create(shifted).reshape(shape)))
                    .getDouble();
            shifted[i] = point[i] - STEP;
            double below = weigh(function.apply(manager.create(shifted).reshape(shape)))
                    .getDouble();
            derivative[i] = (above - below) / (2 * STEP);
        }
        return derivative;
    }

    /** A scalar: the sum of the entries times 1, 1.3, 1.6, …, which start again after the seventh. */
    private static NDArray weigh(NDArray values) {
        double[] weights = new double[Math.toIntExact(values.size())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 + 0.3 * (i % 7);
        }
        NDArray weight = values.getManager().create(weights).reshape(values.getShape());
        return values.mul(weight).sum();
    }
}
