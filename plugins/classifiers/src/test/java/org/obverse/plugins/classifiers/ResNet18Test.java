package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** Against torchvision 0.14.1, with weights and images that a formula gives. */
class ResNet18Test {
    private static final Workbench BENCH = Workbench.of(ResNet18Test.class);
    private static final FormulaWeights WEIGHTS = FormulaWeights.of("names-resnet18.txt");
    private static final int IMAGES = 100_000;
    private static final int COEFFICIENTS = 200_000;
    private static final int CLASSES = 530;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void its_state_dict_is_torchvisions_in_names_shapes_and_order() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Parameters parameters = network(manager).parameters();
            parameters.requireNothingLeft("resnet18");
            assertEquals(WEIGHTS.published(), List.copyOf(parameters.all().keySet()));
        }
    }

    @Test
    void logits_and_the_gradient_to_the_image_are_torchvisions() {
        Fixture fixture = BENCH.fixture("arch-resnet18.safetensors");
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = network(manager);
            NDArray images = BENCH.gradients().variable(formula(manager, IMAGES, 4, -2, new Shape(2, 3, 64, 64)));
            NDArray coefficients = formula(manager, COEFFICIENTS, 2, -1, new Shape(2, CLASSES));
            NDArray logits;
            NDArray gradient;
            try (Gradients.Recording recording = BENCH.gradients().recording()) {
                logits =
                        network.forward(images, Pass.evaluation(BENCH.random())).logits();
                gradient = BENCH.gradients()
                        .of(logits.mul(coefficients).sum(), new NDList(images))
                        .singletonOrThrow();
            }
            assertClose(fixture.get("logits"), logits, 1e-4);
            assertClose(fixture.get("grad_input_sum_per_channel"), gradient.sum(new int[] {2, 3}), 1e-3);
            assertClose(fixture.get("grad_input_corner8"), gradient.get(":, :, :8, :8"), 1e-3);
        }
    }

    private static Classifier network(NDManager manager) {
        return new ResNet18()
                .architecture(BENCH.operators())
                .build(new Shape(3, 64, 64), CLASSES, new Parameters(manager, WEIGHTS));
    }

    private static NDArray formula(NDManager manager, int tensor, double factor, double offset, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (factor * FormulaWeights.unit(tensor, i) + offset);
        }
        return manager.create(values, shape);
    }

    /** Compares with the largest expected entry as the unit. */
    private static void assertClose(NDArray expected, NDArray actual, double tolerance) {
        assertEquals(expected.getShape(), actual.getShape());
        double error = actual.sub(expected).abs().max().getFloat()
                / (double) expected.abs().max().getFloat();
        assertTrue(error <= tolerance, "relative error " + error + " exceeds " + tolerance);
    }
}
