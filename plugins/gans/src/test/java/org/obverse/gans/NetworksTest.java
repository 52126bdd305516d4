package org.obverse.gans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class NetworksTest {
    private static final Workbench BENCH = Workbench.of(NetworksTest.class);
    private static final Layout PUBLISHED = new Layout(3, 64, 100, 64);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_generator_of_64_pixels_is_the_published_one() {
        Parameters parameters = BENCH.parameters(1);
        GeneratorNetwork network = GeneratorNetwork.of(root(parameters), PUBLISHED);

        assertEquals(
                Map.of(
                        "project.linear.weight", new Shape(8192, 100),
                        "up1.conv.weight", new Shape(512, 256, 5, 5),
                        "up2.conv.weight", new Shape(256, 128, 5, 5),
                        "up3.conv.weight", new Shape(128, 64, 5, 5),
                        "up4.conv.weight", new Shape(64, 3, 5, 5)),
                matrices(parameters));
        assertEquals(
                new Shape(2, 3, 64, 64),
                network.apply(gaussians(2, 100), training()).getShape());
    }

    @Test
    void the_generator_of_32_pixels_has_one_block_less() {
        Parameters parameters = BENCH.parameters(1);
        GeneratorNetwork network = GeneratorNetwork.of(root(parameters), new Layout(3, 32, 100, 64));

        assertEquals(
                Map.of(
                        "project.linear.weight", new Shape(4096, 100),
                        "up1.conv.weight", new Shape(256, 128, 5, 5),
                        "up2.conv.weight", new Shape(128, 64, 5, 5),
                        "up3.conv.weight", new Shape(64, 3, 5, 5)),
                matrices(parameters));
        assertEquals(
                new Shape(2, 3, 32, 32),
                network.apply(gaussians(2, 100), training()).getShape());
    }

    /** 28 pixels are halved twice, to 7. */
    @Test
    void networks_for_grey_images_of_28_pixels_begin_and_end_with_maps_of_7() {
        Layout layout = new Layout(1, 28, 10, 8);
        Parameters generator = BENCH.parameters(1);
        Parameters critic = BENCH.parameters(1);
        Parameters discriminator = BENCH.parameters(1);
        NDArray made = GeneratorNetwork.of(root(generator), layout).apply(gaussians(2, 10), training());

        assertEquals(new Shape(2, 1, 28, 28), made.getShape());
        assertEquals(
                Map.of(
                        "project.linear.weight", new Shape(16 * 7 * 7, 10),
                        "up1.conv.weight", new Shape(16, 8, 5, 5),
                        "up2.conv.weight", new Shape(8, 1, 5, 5)),
                matrices(generator));
        assertEquals(
                new Shape(2),
                WassersteinCritic.of(root(critic), layout)
                        .apply(made, training())
                        .getShape());
        assertEquals(
                Map.of(
                        "down1.conv.weight", new Shape(8, 1, 5, 5),
                        "down2.conv.weight", new Shape(16, 8, 5, 5),
                        "judge.weight", new Shape(1, 16, 7, 7)),
                matrices(critic));
        Activations seen = MinibatchDiscriminator.of(root(discriminator), layout, Minibatch.DEFAULT, 7)
                .forward(made, training());
        assertEquals(
                new Shape(2, 8 * 7 * 7),
                seen.tap(MinibatchDiscriminator.FEATURES).getShape());
        assertEquals(new Shape(2, 7), seen.logits().getShape());
    }

    @Test
    void the_critic_of_64_pixels_is_the_published_one() {
        Parameters parameters = BENCH.parameters(1);
        WassersteinCritic critic = WassersteinCritic.of(root(parameters), PUBLISHED);

        assertEquals(
                Map.of(
                        "down1.conv.weight", new Shape(64, 3, 5, 5),
                        "down2.conv.weight", new Shape(128, 64, 5, 5),
                        "down3.conv.weight", new Shape(256, 128, 5, 5),
                        "down4.conv.weight", new Shape(512, 256, 5, 5),
                        "judge.weight", new Shape(1, 512, 4, 4)),
                matrices(parameters));
        assertEquals(
                new Shape(2), critic.apply(gaussians(2, 3, 64, 64), training()).getShape());
    }

    @Test
    void the_minibatch_discriminator_of_64_pixels_is_the_published_one() {
        Parameters parameters = BENCH.parameters(1);
        MinibatchDiscriminator discriminator =
                MinibatchDiscriminator.of(root(parameters), PUBLISHED, Minibatch.DEFAULT, 7);

        assertEquals(
                Map.of(
                        "down1.conv.weight", new Shape(64, 3, 5, 5),
                        "down2.conv.weight", new Shape(128, 64, 5, 5),
                        "down3.conv.weight", new Shape(256, 128, 5, 5),
                        "down4.conv.weight", new Shape(256, 256, 3, 3),
                        "minibatch.T", new Shape(4096, 3200),
                        "fc.weight", new Shape(7, 4160)),
                matrices(parameters));
        Activations seen = discriminator.forward(gaussians(2, 3, 64, 64), training());
        assertEquals(new Shape(2, 7), seen.logits().getShape());
        assertEquals(
                new Shape(2, 4096), seen.tap(MinibatchDiscriminator.FEATURES).getShape());
        assertEquals(new Shape(2, 4160), seen.tap(Tap.PENULTIMATE).getShape());
    }

    @Test
    void the_critic_judges_every_sample_alone() {
        WassersteinCritic critic = WassersteinCritic.of(root(BENCH.parameters(1)), new Layout(3, 32, 4, 3));
        NDArray images = gaussians(3, 3, 32, 32);

        float[] together = critic.apply(images, training()).toFloatArray();

        for (int i = 0; i < 3; i++) {
            assertEquals(
                    together[i],
                    critic.apply(images.get(i + ":" + (i + 1)), training()).getFloat(0),
                    1e-6);
        }
    }

    @Test
    void the_critic_judges_images_of_the_api_in_the_range_that_it_was_trained_on() {
        WassersteinCritic critic = WassersteinCritic.of(root(BENCH.parameters(1)), new Layout(3, 32, 4, 3));
        NDArray images = gaussians(3, 3, 32, 32);

        assertArrayEquals(
                critic.apply(images.add(1).div(2), training()).toFloatArray(),
                critic.realness(images, training()).toFloatArray(),
                1e-5f);
    }

    @Test
    void a_generator_for_attacks_makes_the_same_image_of_a_point_in_any_batch() {
        GeneratorNetwork network = GeneratorNetwork.of(root(BENCH.parameters(1)), new Layout(3, 32, 6, 3));
        ConvolutionalGenerator generator = new ConvolutionalGenerator(network, Pass.evaluation(BENCH.stream(1)));
        NDArray z = gaussians(4, 6);

        NDArray images = generator.generate(generator.locate(z));

        assertTrue(images.abs().max().getFloat() <= 1);
        assertArrayEquals(
                images.get("2:3").toFloatArray(),
                generator.generate(z.get("2:3")).toFloatArray(),
                1e-6f);
    }

    @Test
    void instance_normalisation_gives_every_map_mean_0_and_variance_1() {
        Layer layer = InstanceNormalization.of(root(Float64.parameters(BENCH, 1)), 2);
        NDArray x = Float64.gaussians(BENCH, 2, 3, 2, 4, 4).mul(5).add(3);

        double[] values = layer.apply(x, training()).toDoubleArray();

        double[] before = x.toDoubleArray();
        for (int map = 0; map < 6; map++) {
            double mean = 0;
            double squares = 0;
            double variance = 0;
            double original = 0;
            for (int p = 0; p < 16; p++) {
                mean += values[map * 16 + p] / 16;
                squares += values[map * 16 + p] * values[map * 16 + p] / 16;
                original += before[map * 16 + p] / 16;
            }
            for (int p = 0; p < 16; p++) {
                double centred = before[map * 16 + p] - original;
                variance += centred * centred / 16;
            }
            assertEquals(0, mean, 1e-12);
            assertEquals(variance / (variance + 1e-5), squares, 1e-12);
        }
    }

    @Test
    void images_must_be_square_and_4_to_7_times_a_power_of_two_from_28_wide() {
        assertEquals(PUBLISHED, Layout.of(new Shape(3, 64, 64), 100, 64));
        for (Shape images :
                List.of(new Shape(3, 128, 128), new Shape(1, 64, 64), new Shape(1, 28, 28), new Shape(3, 48, 48))) {
            assertEquals(List.of(), Layout.misfits(images), images::toString);
            assertEquals(images, Layout.of(images, 100, 64).image());
        }
        for (Shape images : List.of(
                new Shape(3, 44, 44),
                new Shape(3, 33, 33),
                new Shape(3, 16, 16),
                new Shape(2, 64, 64),
                new Shape(3, 64, 32),
                new Shape(64))) {
            assertEquals(1, Layout.misfits(images).size(), images::toString);
            assertThrows(InvalidConfigurationException.class, () -> Layout.of(images, 100, 64));
        }
    }

    @Test
    void the_layout_of_stored_networks_is_stored_with_them() {
        for (Layout layout : List.of(new Layout(3, 128, 5, 2), new Layout(1, 28, 5, 2), new Layout(3, 56, 5, 2))) {
            Map<String, NDArray> stored = layout.tensors(BENCH.manager());

            assertEquals(layout, Layout.stored(BENCH.parameters(new Stored(stored)), 5, 2));
        }
    }

    @Test
    void nonsense_sizes_are_all_shown_at_once() {
        assertEquals(
                List.of("epochs", "batch", "learning-rate", "beta1", "beta2", "generator-every"),
                paths(new AdversarialRecipe(0, 1, 0, 1, -0.1, 0).check()));
        assertEquals(List.of("kernels", "dimensions"), paths(new Minibatch(0, 0).check()));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }

    private static Namespace root(Parameters parameters) {
        return Namespace.root(parameters, BENCH.operators());
    }

    private static Pass training() {
        return Pass.training(BENCH.stream(9));
    }

    private static NDArray gaussians(long... shape) {
        Shape of = new Shape(shape);
        return BENCH.manager().create(BENCH.stream(7).gaussians(Math.toIntExact(of.size())), of);
    }

    private static Map<String, Shape> matrices(Parameters parameters) {
        Map<String, Shape> matrices = new LinkedHashMap<>();
        parameters.all().forEach((name, tensor) -> {
            if (tensor.getShape().dimension() > 1) {
                matrices.put(name, tensor.getShape());
            }
        });
        return matrices;
    }

    private record Stored(Map<String, NDArray> tensors) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            NDArray found = Objects.requireNonNull(tensors.get(name), name);
            assertEquals(shape, found.getShape());
            return found;
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }
}
