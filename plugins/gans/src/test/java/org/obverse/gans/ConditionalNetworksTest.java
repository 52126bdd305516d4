package org.obverse.gans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class ConditionalNetworksTest {
    private static final Workbench BENCH = Workbench.of(ConditionalNetworksTest.class);
    private static final ClassLayout PUBLISHED = new ClassLayout(3, 64, 128, 64, 5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** By eigenvalues of WᵀW, which the weight's layer does not use. */
    @Test
    void after_fifty_power_iterations_the_norm_is_the_largest_singular_value() {
        SpectralWeight weight = weight(1);
        for (int i = 0; i < 50; i++) {
            weight.norm(training());
        }

        double found = weight.norm(evaluation()).getDouble();

        NDArray matrix = matrix(1);
        NDArray eigenvalues =
                BENCH.operators().eigh(matrix.matMul(matrix.transpose())).head();
        assertEquals(Math.sqrt(eigenvalues.max().getDouble()), found, 1e-6);
    }

    /** ∂σ/∂W = u vᵀ, with u and v the singular vectors to σ: σ (u vᵀ) v = W v. */
    @Test
    void the_gradient_of_the_norm_is_the_product_of_the_singular_vectors() {
        Parameters parameters = Float64.parameters(BENCH, 1);
        SpectralWeight weight = weight(parameters);
        for (int i = 0; i < 200; i++) {
            weight.norm(training());
        }
        NDArray w = Objects.requireNonNull(parameters.all().get("weight"));
        w.setRequiresGradient(true);
        NDArray gradient;
        double sigma;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray norm = weight.norm(evaluation());
            sigma = norm.getDouble();
            gradient = BENCH.gradients().of(norm, new NDList(w)).head();
        }
        w.setRequiresGradient(false);

        NDArray eigen = BENCH.operators().eigh(w.matMul(w.transpose())).get(1);
        NDArray u = eigen.get(":,19:20");
        NDArray v = w.transpose().matMul(u).div(sigma);
        double[] expected = u.matMul(v.transpose()).toDoubleArray();
        assertArrayEquals(expected, gradient.toDoubleArray(), 1e-6);
    }

    @Test
    void a_spectral_weight_learns_its_norm_in_training_only() {
        SpectralWeight weight = weight(1);

        double first = weight.norm(evaluation()).getDouble();
        assertEquals(first, weight.norm(evaluation()).getDouble());
        weight.norm(training());
        assertTrue(weight.norm(evaluation()).getDouble() > first);
    }

    @Test
    void a_normalisation_that_is_the_same_for_all_classes_is_batch_normalisation() {
        NDArray x = Float64.gaussians(BENCH, 2, 4, 3, 5, 5).mul(3).add(1);
        ConditionalNormalization conditional = ConditionalNormalization.of(root(Float64.parameters(BENCH, 1)), 3, 6);

        NDArray found = conditional.apply(x, condition(6, 0, 5, 3, 3), training());

        assertArrayEquals(
                BatchNormalization.of(root(Float64.parameters(BENCH, 1)), 3)
                        .apply(x, training())
                        .toDoubleArray(),
                found.toDoubleArray(),
                1e-12);
    }

    @Test
    void the_factors_of_a_class_change_images_of_that_class_only() {
        Parameters parameters = BENCH.parameters(1);
        ConditionalNetwork network = ConditionalNetwork.of(root(parameters), new ClassLayout(3, 16, 6, 2, 5));
        NDArray z = gaussians(3, 6);
        float[] before =
                network.images(z, float32(condition(5, 2, 3, 4)), evaluation()).toFloatArray();

        Objects.requireNonNull(parameters.all().get("up1.norm1.gamma")).set(new NDIndex("3"), 2f);
        Objects.requireNonNull(parameters.all().get("up2.norm2.gamma")).set(new NDIndex("3"), 3f);
        float[] after =
                network.images(z, float32(condition(5, 2, 3, 4)), evaluation()).toFloatArray();

        for (int image = 0; image < 3; image++) {
            float difference = 0;
            for (int i = 0; i < 768; i++) {
                difference = Math.max(difference, Math.abs(before[image * 768 + i] - after[image * 768 + i]));
            }
            assertEquals(image == 1, difference > 0, "image " + image);
        }
    }

    @Test
    void a_constant_map_of_twice_the_extent_has_twice_the_features() {
        NDArray maps = BENCH.manager().create(new double[] {1.5, -2, 0.25}).reshape(1, 3, 1, 1);

        assertArrayEquals(
                new double[] {6, 0, 1},
                ConditionalTrunk.pooled(maps.repeat(2, 2).repeat(3, 2)).toDoubleArray());
        assertArrayEquals(
                new double[] {12, 0, 2},
                ConditionalTrunk.pooled(maps.repeat(2, 4).repeat(3, 2)).toDoubleArray());
    }

    @Test
    void the_networks_of_64_pixels_are_the_published_ones() {
        Parameters generator = BENCH.parameters(1);
        Parameters discriminator = BENCH.parameters(1);
        ConditionalNetwork network = ConditionalNetwork.of(root(generator), PUBLISHED);
        ConditionalTrunk judge = ConditionalTrunk.of(root(discriminator), BENCH.gradients(), PUBLISHED);

        NDArray condition = float32(condition(5, 1, 2));
        NDArray images = network.images(gaussians(2, 128), condition, training());

        assertEquals(new Shape(2, 3, 64, 64), images.getShape());
        assertTrue(images.abs().max().getFloat() <= 1);
        assertEquals(new Shape(2, 1024), judge.apply(images, training()).getShape());
        assertEquals(1024, judge.features());
        shapes(
                generator,
                Map.of(
                        "project.weight", new Shape(16384, 128),
                        "up1.conv1.weight", new Shape(512, 1024, 3, 3),
                        "up1.norm1.gamma", new Shape(5, 1024),
                        "up4.conv2.weight", new Shape(64, 64, 3, 3),
                        "up4.shortcut.weight", new Shape(64, 128, 1, 1),
                        "pixels.weight", new Shape(3, 64, 1, 1)));
        shapes(
                discriminator,
                Map.of(
                        "down0.conv1.weight", new Shape(64, 3, 3, 3),
                        "down0.conv2.weight", new Shape(64, 64, 3, 3),
                        "down4.conv1.weight", new Shape(512, 512, 3, 3),
                        "down4.conv2.weight", new Shape(1024, 512, 3, 3)));
    }

    @Test
    void the_networks_of_32_pixels_have_one_block_less() {
        Parameters generator = BENCH.parameters(1);
        ConditionalNetwork.of(root(generator), new ClassLayout(3, 32, 128, 64, 5));

        shapes(
                generator,
                Map.of("up1.conv1.weight", new Shape(256, 512, 3, 3), "up3.conv1.weight", new Shape(64, 128, 3, 3)));
        assertTrue(generator.all().keySet().stream().noneMatch(name -> name.startsWith("up4")));
    }

    @Test
    void images_that_cannot_be_halved_to_4_pixels_are_refused() {
        assertEquals(List.of(), ClassLayout.misfits(new Shape(3, 32, 32)));
        for (Shape images :
                List.of(new Shape(3, 28, 28), new Shape(3, 8, 8), new Shape(3, 32, 64), new Shape(2, 32, 32))) {
            assertEquals(1, ClassLayout.misfits(images).size(), images::toString);
        }
    }

    private static void shapes(Parameters parameters, Map<String, Shape> expected) {
        expected.forEach((name, shape) -> assertEquals(
                shape, Objects.requireNonNull(parameters.all().get(name), name).getShape(), name));
    }

    private static SpectralWeight weight(long seed) {
        return weight(Float64.parameters(BENCH, seed));
    }

    private static SpectralWeight weight(Parameters parameters) {
        return SpectralWeight.of(root(parameters), BENCH.gradients(), new Shape(20, 30), Initial.normal(1));
    }

    private static NDArray matrix(long seed) {
        Parameters parameters = Float64.parameters(BENCH, seed);
        weight(parameters);
        return Objects.requireNonNull(parameters.all().get("weight"));
    }

    private static NDArray condition(int classes, double... wanted) {
        double[] values = new double[wanted.length * classes];
        for (int i = 0; i < wanted.length; i++) {
            values[i * classes + (int) wanted[i]] = 1;
        }
        return BENCH.manager().create(values, new Shape(wanted.length, classes));
    }

    private static NDArray float32(NDArray x) {
        return x.toType(DataType.FLOAT32, false);
    }

    private static NDArray gaussians(long... shape) {
        Shape of = new Shape(shape);
        return BENCH.manager().create(BENCH.stream(7).gaussians(Math.toIntExact(of.size())), of);
    }

    private static Namespace root(Parameters parameters) {
        return Namespace.root(parameters, BENCH.operators());
    }

    private static Pass training() {
        return Pass.training(BENCH.stream(9));
    }

    private static Pass evaluation() {
        return Pass.evaluation(BENCH.stream(9));
    }
}
