package org.obverse.plugins.trapmid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

/** A linear discriminator, whose losses and steps have a closed form. */
class DiscriminatorTest {
    private static final Workbench BENCH = Workbench.of(DiscriminatorTest.class);
    private static final int PIXELS = 4;
    private static final float[] IMAGES = {0.1f, -0.4f, 0.8f, 0.3f, -0.9f, 0.2f, 0.5f, -0.1f};
    private static final float[] POISONED = {0.4f, 0.6f, -0.7f, 0.2f, 0.3f, -0.8f, 0.1f, 0.9f};
    private static final double RATE = 0.3;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void it_learns_from_one_pass_over_private_images_as_1_and_poisoned_ones_as_0() {
        Parameters parameters = BENCH.parameters(2);
        LinearNet network = network(parameters);
        float[] weight = network.weight().toFloatArray();

        learn(network);

        double[] expected = new double[weight.length];
        for (int i = 0; i < weight.length; i++) {
            expected[i] = weight[i];
        }
        for (int n = 0; n < 2; n++) {
            double real = sigmoid(weight, IMAGES, n);
            double poisoned = sigmoid(weight, POISONED, n);
            for (int p = 0; p < PIXELS; p++) {
                double slope = ((real - 1) * IMAGES[n * PIXELS + p] + poisoned * POISONED[n * PIXELS + p]) / 2;
                expected[2 * p] += RATE * slope;
                expected[2 * p + 1] -= RATE * slope;
            }
        }
        float[] found = network.weight().toFloatArray();
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i], found[i], 1e-6);
        }
    }

    @Test
    void suspicion_is_the_cross_entropy_of_poisoned_images_taken_for_private_ones() {
        LinearNet network = network(BENCH.parameters(2));
        float[] weight = network.weight().toFloatArray();

        double expected = -(Math.log(sigmoid(weight, POISONED, 0)) + Math.log(sigmoid(weight, POISONED, 1))) / 2;

        assertEquals(
                expected,
                discriminator(network)
                        .suspicion(images(POISONED), BENCH.stream(1))
                        .getFloat(),
                1e-6);
        assertArrayEquals(weight, network.weight().toFloatArray());
    }

    /** The probability of being private: of two logits, that of their difference. */
    private static double sigmoid(float[] weight, float[] images, int n) {
        double z = 0;
        for (int p = 0; p < PIXELS; p++) {
            z += images[n * PIXELS + p] * ((double) weight[2 * p + 1] - weight[2 * p]);
        }
        return 1 / (1 + Math.exp(-z));
    }

    private static void learn(LinearNet network) {
        discriminator(network).learn(images(IMAGES), images(POISONED), RATE, BENCH.stream(1));
    }

    private static Discriminator discriminator(LinearNet network) {
        return new Discriminator(
                network, BENCH.training().sgd(network.parameters().trainableList(), 0, 0), BENCH.gradients());
    }

    private static LinearNet network(Parameters parameters) {
        NDArray weight = parameters.weight("fc", new Shape(PIXELS, Discriminator.KINDS), Initial.normal(0.7));
        parameters.requireGradients(Requirement.TRAINABLE);
        return new LinearNet(new Shape(1, 2, 2), parameters, weight);
    }

    private static NDArray images(float... values) {
        return BENCH.manager().create(values, new Shape(2, 1, 2, 2));
    }
}
