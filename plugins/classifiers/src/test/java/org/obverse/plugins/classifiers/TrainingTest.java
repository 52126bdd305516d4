package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.testkit.Workbench;

@SuppressWarnings("try")
class TrainingTest {
    private static final Workbench BENCH = Workbench.of(TrainingTest.class);
    private static final Shape INPUT = new Shape(3, 16, 16);
    private static final int CLASSES = 4;
    private static final int SAMPLES = 20;
    private static final int STEPS = 40;

    static Stream<Named<ClassifierArchitecture>> networks() {
        return Networks.small(BENCH);
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_few_steps_of_adam_learn_twenty_images_of_noise(ClassifierArchitecture architecture) {
        Classifier network = architecture.build(INPUT, CLASSES, BENCH.parameters(1));
        NDArray images = BENCH.manager().create(gaussians(2), batch());
        double first = loss(network, images, Pass.evaluation(BENCH.stream(3))).getFloat();
        train(network, images);
        double last = loss(network, images, Pass.evaluation(BENCH.stream(3))).getFloat();
        assertEquals(Math.log(CLASSES), first, 0.3, "fresh logits are small");
        assertTrue(last < 0.5 * first, "the loss went from " + first + " to " + last);
    }

    /** Along a random direction through all weights: central differences in float64. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradients_to_all_weights_are_those_of_the_training_loss(ClassifierArchitecture architecture) {
        Parameters parameters = BENCH.parameters(new Wide(BENCH.stream(4)));
        Classifier network = architecture.build(INPUT, CLASSES, parameters);
        NDArray images = wide(BENCH.manager(), gaussians(5), batch());
        Map<String, NDArray> weights = parameters.trainable();
        RandomStream directions = BENCH.stream(6);
        double along = 0;
        NDList gradients = gradients(network, images, training(0));
        NDList moves = new NDList();
        int index = 0;
        for (Map.Entry<String, NDArray> weight : weights.entrySet()) {
            Shape shape = weight.getValue().getShape();
            NDArray move = wide(
                    BENCH.manager(), directions.child(weight.getKey()).gaussians(Math.toIntExact(shape.size())), shape);
            moves.add(move);
            along += gradients.get(index).mul(move).sum().getDouble();
            index++;
        }
        double step = 1e-7;
        double above = moved(network, images, moves, step);
        double below = moved(network, images, moves, -step);
        assertEquals((above - below) / (2 * step), along, 1e-6 * Math.abs(along));
    }

    @Test
    void the_inception_network_drops_the_configured_share_of_its_features_and_scales_the_others() {
        float[] plain = features(new SmallInception(48, 0));
        float[] dropped = features(new SmallInception(48, 0.5));
        int alive = 0;
        int zeros = 0;
        for (int i = 0; i < plain.length; i++) {
            alive += plain[i] == 0 ? 0 : 1;
            zeros += plain[i] != 0 && dropped[i] == 0 ? 1 : 0;
            assertTrue(dropped[i] == 0 || dropped[i] == 2 * plain[i], "feature " + i);
        }
        // Binomial: with 2,000 trials the standard deviation is 0.011.
        assertTrue(alive > 2000, alive + " features are not zero");
        assertEquals(0.5, zeros / (double) alive, 4 * 0.011);
    }

    private static float[] features(SmallInception configuration) {
        NDArray images = BENCH.manager().create(gaussians(2), batch());
        return configuration
                .architecture(BENCH.operators())
                .build(INPUT, CLASSES, BENCH.parameters(1))
                .forward(images, training(0))
                .tap(Tap.PENULTIMATE)
                .toFloatArray();
    }

    private static void train(Classifier network, NDArray images) {
        NDList weights = network.parameters().trainableList();
        try (ParameterOptimizer adam = BENCH.training().adam(weights, 0.9, 0.999, 1e-8, 0)) {
            for (int step = 0; step < STEPS; step++) {
                try (NDScope scope = new NDScope()) {
                    adam.step(gradients(network, images, training(step)), 0.01);
                }
            }
        }
    }

    private static NDList gradients(Classifier network, NDArray images, Pass pass) {
        Parameters parameters = network.parameters();
        parameters.requireGradients(Requirement.TRAINABLE);
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            return BENCH.gradients().of(loss(network, images, pass), parameters.trainableList());
        } finally {
            parameters.requireGradients(Requirement.NONE);
        }
    }

    private static double moved(Classifier network, NDArray images, NDList moves, double step) {
        move(network, moves, step);
        double loss = loss(network, images, training(0)).getDouble();
        move(network, moves, -step);
        return loss;
    }

    private static void move(Classifier network, NDList moves, double step) {
        int index = 0;
        for (NDArray weight : network.parameters().trainable().values()) {
            weight.addi(moves.get(index).mul(step));
            index++;
        }
    }

    /** Cross-entropy with the labels 0, 1, 2, 3, 0, … */
    private static NDArray loss(Classifier network, NDArray images, Pass pass) {
        NDArray logits = network.forward(images, pass).logits();
        NDArray labels = images.getManager().arange(SAMPLES).mod(CLASSES);
        NDArray targets = labels.oneHot(CLASSES, logits.getDataType());
        return logits.logSoftmax(1).mul(targets).sum().div(-SAMPLES);
    }

    private static Pass training(int step) {
        return Pass.training(BENCH.stream(7).child("step", step));
    }

    private static Shape batch() {
        return new Shape(SAMPLES).addAll(INPUT);
    }

    private static float[] gaussians(long seed) {
        return BENCH.stream(seed).gaussians(Math.toIntExact(batch().size()));
    }

    private static NDArray wide(NDManager manager, float[] values, Shape shape) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return manager.create(wide, shape);
    }

    /** Fresh float64 tensors. */
    private record Wide(RandomStream stream) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return wide(manager, initial.values(shape, stream.child(name)), shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
