package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class ArchitecturesTest {
    private static final Workbench BENCH = Workbench.of(ArchitecturesTest.class);
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final int CLASSES = 50;

    static Stream<Named<ClassifierArchitecture>> networks() {
        return Networks.all(BENCH);
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void every_declared_activation_is_returned_in_its_shape(ClassifierArchitecture architecture) {
        Classifier network = build(architecture, INPUT);
        Activations activations = network.forward(images(3, INPUT), evaluation());
        assertEquals(new Shape(3, CLASSES), activations.logits().getShape());
        assertEquals(network.taps().size(), activations.taps().size());
        for (Tap tap : network.taps()) {
            assertEquals(
                    new Shape(3).addAll(tap.shape()),
                    activations.tap(tap.name()).getShape(),
                    tap.name());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void images_that_are_not_square_keep_the_declared_shapes(ClassifierArchitecture architecture) {
        Shape wide = new Shape(1, 33, 46);
        Classifier network = build(architecture, wide);
        Activations activations = network.forward(images(2, wide), evaluation());
        for (Tap tap : network.taps()) {
            assertEquals(
                    new Shape(2).addAll(tap.shape()),
                    activations.tap(tap.name()).getShape(),
                    tap.name());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void evaluation_gives_the_same_bits_whether_or_not_it_is_recorded(ClassifierArchitecture architecture) {
        Classifier network = build(architecture, INPUT);
        NDArray images = BENCH.gradients().variable(images(2, INPUT));
        float[] plain = network.forward(images, evaluation()).logits().toFloatArray();
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            assertArrayEquals(
                    plain, network.forward(images, evaluation()).logits().toFloatArray());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void evaluation_leaves_every_tensor_as_it_was(ClassifierArchitecture architecture) {
        Classifier network = build(architecture, INPUT);
        List<float[]> before = values(network);
        network.forward(images(2, INPUT), evaluation());
        List<float[]> after = values(network);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void images_too_small_for_the_stages_are_refused_with_the_least_size(ClassifierArchitecture architecture) {
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> build(architecture, new Shape(3, 32, 3)));
        Problem problem = refusal.problems().get(0);
        assertEquals("images of 32x3 pixels are too small for its stages", problem.message());
        assertTrue(problem.wayOut().startsWith("use images of at least"), problem.wayOut());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void all_that_is_wrong_is_said_at_once(ClassifierArchitecture architecture) {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> architecture.build(new Shape(3, 3, 3), 1, BENCH.parameters(1)));
        assertEquals(2, refusal.problems().size(), refusal.problems()::toString);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void images_of_another_shape_than_it_was_built_for_are_refused(ClassifierArchitecture architecture) {
        Classifier network = build(architecture, INPUT);
        NDArray large = images(1, new Shape(3, 64, 64));
        assertThrows(IllegalArgumentException.class, () -> network.forward(large, evaluation()));
    }

    @Test
    void stages_are_tapped_in_order_and_the_features_last() {
        assertEquals(
                List.of(
                        new Tap("stage1", new Shape(16, 16, 16)),
                        new Tap("stage2", new Shape(32, 8, 8)),
                        new Tap("stage3", new Shape(64, 4, 4)),
                        new Tap(Tap.PENULTIMATE, new Shape(64))),
                build(SmallResNet.DEFAULT.architecture(BENCH), INPUT).taps());
        assertEquals(
                List.of(
                        new Tap("stage1", new Shape(48, 16, 16)),
                        new Tap("stage2", new Shape(96, 8, 8)),
                        new Tap("stage3", new Shape(144, 4, 4)),
                        new Tap(Tap.PENULTIMATE, new Shape(144))),
                build(SmallInception.DEFAULT.architecture(BENCH.operators()), INPUT)
                        .taps());
    }

    /** By hand: 3x3 convolutions, 1x1 shortcuts, two numbers per normalised channel, the linear layer. */
    @Test
    void the_small_networks_have_the_weights_of_the_benchmarks_recipe() {
        int stem = 9 * 3 * 16 + 2 * 16;
        int first = block(16);
        int second = 9 * (16 * 32 + 32 * 32) + 16 * 32 + 3 * 2 * 32;
        int third = 9 * (32 * 64 + 64 * 64) + 32 * 64 + 3 * 2 * 64;
        int resnet = stem + first + second + third + 64 * CLASSES + CLASSES;
        assertEquals(80_642, resnet);
        assertEquals(resnet, weights(SmallResNet.DEFAULT.architecture(BENCH)));
        assertEquals(resnet, weights(new SmallResNet(16, 1, Normalization.AFFINE, "").architecture(BENCH)));

        int further = block(16) + block(32) + block(64);
        assertEquals(
                resnet + 2 * further, weights(new SmallResNet(16, 3, Normalization.BATCH, "").architecture(BENCH)));

        int stems = 9 * (3 * 24 + 24 * 48) + 2 * (24 + 48);
        int modules = module(48, 48) + module(48, 96) + module(96, 96) + module(96, 144);
        int inception = stems + modules + 144 * CLASSES + CLASSES;
        assertEquals(119_690, inception);
        assertEquals(inception, weights(SmallInception.DEFAULT.architecture(BENCH.operators())));
    }

    @Test
    void without_normalisation_there_are_no_running_statistics() {
        Classifier network = build(new SmallResNet(16, 1, Normalization.AFFINE, "").architecture(BENCH), INPUT);
        assertEquals(
                network.parameters().trainable().keySet(),
                network.parameters().all().keySet());
    }

    private static int block(int channels) {
        return 2 * (9 * channels * channels + 2 * channels);
    }

    private static int module(int inputs, int outputs) {
        int quarter = outputs / 4;
        return 4 * inputs * quarter + 3 * 9 * quarter * quarter + 7 * 2 * quarter;
    }

    private static long weights(ClassifierArchitecture architecture) {
        return build(architecture, INPUT).parameters().trainable().values().stream()
                .mapToLong(NDArray::size)
                .sum();
    }

    private static Classifier build(ClassifierArchitecture architecture, Shape input) {
        return architecture.build(input, CLASSES, BENCH.parameters(1));
    }

    private static NDArray images(int count, Shape shape) {
        Shape batch = new Shape(count).addAll(shape);
        return BENCH.manager()
                .create(BENCH.stream(2).gaussians(Math.toIntExact(batch.size())), batch)
                .clip(-1, 1);
    }

    private static Pass evaluation() {
        return Pass.evaluation(BENCH.stream(3));
    }

    private static List<float[]> values(Classifier network) {
        return network.parameters().all().values().stream()
                .map(NDArray::toFloatArray)
                .toList();
    }
}
