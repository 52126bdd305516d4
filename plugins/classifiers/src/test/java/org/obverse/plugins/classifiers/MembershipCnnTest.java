package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.testkit.Workbench;

/** Against {@code models.py} of the published code (yigitcankaya/augmentation_mia), read and counted by hand. */
class MembershipCnnTest {
    private static final Workbench BENCH = Workbench.of(MembershipCnnTest.class);
    private static final Shape FASHION = new Shape(1, 28, 28);
    private static final Shape CIFAR = new Shape(3, 32, 32);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_shallow_network_leaves_seven_by_seven_of_28_pixels_and_has_13_million_weights() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = zeros(Depth.SHALLOW, Normalization.BATCH, FASHION, 10, manager);
            assertEquals(
                    List.of(
                            new Tap("stage1", new Shape(128, 14, 14)),
                            new Tap("stage2", new Shape(256, 7, 7)),
                            new Tap(Tap.PENULTIMATE, new Shape(1024))),
                    network.taps());
            int convolutions = 9 * 128 + 128 + 9 * 128 * 256 + 256;
            int normalised = 2 * (128 + 256);
            int linear = 12_544 * 1024 + 1024 + 1024 * 10 + 10;
            assertEquals(13_153_546, convolutions + normalised + linear);
            assertEquals(13_153_546, weights(network));
        }
    }

    @Test
    void the_deep_network_leaves_one_pixel_of_32_and_has_nine_million_weights() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = zeros(Depth.DEEP, Normalization.GROUP, CIFAR, 100, manager);
            assertEquals(
                    List.of(
                            new Tap("stage1", new Shape(64, 16, 16)),
                            new Tap("stage2", new Shape(128, 8, 8)),
                            new Tap("stage3", new Shape(256, 4, 4)),
                            new Tap("stage4", new Shape(512, 2, 2)),
                            new Tap("stage5", new Shape(512, 1, 1)),
                            new Tap(Tap.PENULTIMATE, new Shape(1024))),
                    network.taps());
            int channels = 64 + 128 + 2 * 256 + 4 * 512;
            int pairs = 3 * 64 + 64 * 128 + 128 * 256 + 256 * 256 + 256 * 512 + 3 * 512 * 512;
            int linear = 512 * 1024 + 1024 + 1024 * 100 + 100;
            assertEquals(9 * pairs + 3 * channels + linear, weights(network));
        }
    }

    @Test
    void tensors_bear_the_numbers_of_the_published_sequence() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            assertEquals(
                    Set.of(
                            "model.0.weight",
                            "model.0.bias",
                            "model.1.weight",
                            "model.1.bias",
                            "model.4.weight",
                            "model.4.bias",
                            "model.5.weight",
                            "model.5.bias",
                            "model.9.weight",
                            "model.9.bias",
                            "model.11.weight",
                            "model.11.bias"),
                    zeros(Depth.SHALLOW, Normalization.GROUP, FASHION, 10, manager)
                            .parameters()
                            .all()
                            .keySet());
            Map<String, NDArray> deep = zeros(Depth.DEEP, Normalization.BATCH, CIFAR, 10, manager)
                    .parameters()
                    .all();
            assertEquals(
                    new Shape(512, 512, 3, 3),
                    Objects.requireNonNull(deep.get("model.25.weight")).getShape());
            assertEquals(
                    new Shape(512),
                    Objects.requireNonNull(deep.get("model.26.running_var")).getShape());
            assertEquals(
                    new Shape(1024, 512),
                    Objects.requireNonNull(deep.get("model.30.weight")).getShape());
            assertEquals(
                    new Shape(10, 1024),
                    Objects.requireNonNull(deep.get("model.32.weight")).getShape());
        }
    }

    /** White is 1 in [0, 1] and black 0, whatever stands around the picture: with zeros as weights but one, the first map is the picture. */
    @Test
    void the_network_sees_images_from_0_to_1() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            MembershipCnn settings = new MembershipCnn(Depth.SHALLOW, Normalization.AFFINE, 1.0 / 128);
            Classifier network = settings.architecture(BENCH.operators())
                    .build(new Shape(1, 4, 4), 2, new Parameters(manager, new Centres()));
            float[] pixels = new float[16];
            Arrays.fill(pixels, -1);
            pixels[5] = 1;
            pixels[15] = 0;
            NDArray seen = network.forward(
                            manager.create(pixels, new Shape(1, 1, 4, 4)), Pass.evaluation(BENCH.stream(1)))
                    .tap("stage1");
            assertEquals(1, seen.getFloat(0, 0, 0, 0));
            assertEquals(0, seen.getFloat(0, 0, 0, 1));
            assertEquals(0.5f, seen.getFloat(0, 0, 1, 1));
        }
    }

    @Test
    void images_of_which_pooling_leaves_nothing_are_refused_with_the_least_size() {
        MembershipCnn deep = new MembershipCnn(Depth.DEEP, Normalization.BATCH, 1);
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> deep.architecture(BENCH.operators()).build(FASHION, 10, BENCH.parameters(1)));
        assertEquals(
                "images of 28x28 pixels are too small for its stages",
                refusal.problems().get(0).message());
        assertTrue(refusal.problems().get(0).wayOut().contains("32x32"));
    }

    private static Classifier zeros(
            Depth depth, Normalization normalization, Shape input, int classes, NDManager manager) {
        return new MembershipCnn(depth, normalization, 1)
                .architecture(BENCH.operators())
                .build(input, classes, new Parameters(manager, new Zeros()));
    }

    private static long weights(Classifier network) {
        return network.parameters().trainable().values().stream()
                .mapToLong(NDArray::size)
                .sum();
    }

    private record Zeros() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return manager.zeros(shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }

    /** Convolutions that leave their first channel as it is. */
    private record Centres() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            if (shape.dimension() == 4) {
                NDArray weight = manager.zeros(shape);
                weight.set(new NDIndex("0,0,1,1"), 1);
                return weight;
            }
            return name.equals("model.1.weight") ? manager.ones(shape) : manager.zeros(shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
