package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
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
import org.obverse.api.tensor.Gradients;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;
import org.obverse.testkit.Workbench;

/** Against the paper's table, the published numbers of parameters, and a block by hand. */
@SuppressWarnings("try")
class EfficientNetTest {
    private static final Workbench BENCH = Workbench.of(EfficientNetTest.class);
    private static final int IMAGENET = 1000;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** torchvision: 5,288,548. Keras: 42,023 that are not trained, of which 7 normalise the input. */
    @Test
    void it_has_as_many_parameters_as_was_published() {
        Parameters parameters = build(IMAGENET).parameters();

        assertEquals(5_288_548, size(parameters.trainable()));
        assertEquals(5_288_548 + 42_023 - 7, size(parameters.all()));
        assertEquals(213, parameters.trainable().size());
        assertEquals(4_007_548 + 1281 * 10, size(build(10).parameters().trainable()));
    }

    @Test
    void its_tensors_are_called_as_torchvisions() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        build(IMAGENET).parameters().all().forEach((name, tensor) -> shapes.put(name, tensor.getShape()));

        assertEquals(
                List.of(
                        "features.0.0.weight",
                        "features.0.1.weight",
                        "features.0.1.bias",
                        "features.0.1.running_mean",
                        "features.0.1.running_var",
                        "features.1.0.block.0.0.weight",
                        "features.1.0.block.0.1.weight",
                        "features.1.0.block.0.1.bias",
                        "features.1.0.block.0.1.running_mean",
                        "features.1.0.block.0.1.running_var",
                        "features.1.0.block.1.fc1.weight",
                        "features.1.0.block.1.fc1.bias",
                        "features.1.0.block.1.fc2.weight",
                        "features.1.0.block.1.fc2.bias",
                        "features.1.0.block.2.0.weight"),
                List.copyOf(shapes.keySet()).subList(0, 15));
        assertEquals(new Shape(32, 3, 3, 3), shapes.get("features.0.0.weight"));
        assertEquals(new Shape(32, 1, 3, 3), shapes.get("features.1.0.block.0.0.weight"));
        assertEquals(new Shape(8, 32, 1, 1), shapes.get("features.1.0.block.1.fc1.weight"));
        assertEquals(new Shape(16, 32, 1, 1), shapes.get("features.1.0.block.2.0.weight"));
        assertEquals(new Shape(96, 16, 1, 1), shapes.get("features.2.0.block.0.0.weight"));
        assertEquals(new Shape(4, 96, 1, 1), shapes.get("features.2.0.block.2.fc1.weight"));
        assertEquals(new Shape(240, 1, 5, 5), shapes.get("features.3.1.block.1.0.weight"));
        assertEquals(new Shape(10, 240, 1, 1), shapes.get("features.3.1.block.2.fc1.weight"));
        assertEquals(new Shape(192, 1152, 1, 1), shapes.get("features.6.3.block.3.0.weight"));
        assertEquals(new Shape(320), shapes.get("features.7.0.block.3.1.running_var"));
        assertEquals(new Shape(1280, 320, 1, 1), shapes.get("features.8.0.weight"));
        assertEquals(
                List.of("features.8.1.running_var", "classifier.1.weight", "classifier.1.bias"),
                List.copyOf(shapes.keySet()).subList(shapes.size() - 3, shapes.size()));
        assertEquals(new Shape(IMAGENET, 1280), shapes.get("classifier.1.weight"));
        assertEquals(16, count(shapes, "block.1.fc1.weight") + count(shapes, "block.2.fc1.weight"));
    }

    /** Of one pixel a depthwise convolution sees the centre of its window alone. */
    @Test
    void a_block_over_one_pixel_is_what_the_equations_say() {
        Parameters parameters = BENCH.parameters(1);
        Namespace at = Namespace.root(parameters, BENCH.operators());
        float[] x = BENCH.stream(2).gaussians(4);
        float[] y = EfficientNet.block(at, 4, 4, 6, Window.centered(3))
                .apply(BENCH.manager().create(x, new Shape(1, 4, 1, 1)), Pass.evaluation(BENCH.stream(3)))
                .toFloatArray();

        double[] wide = silu(normalized(product(values(parameters, "0.0.weight"), doubles(x))));
        double[] window = values(parameters, "1.0.weight");
        double[] depthwise = new double[24];
        for (int c = 0; c < 24; c++) {
            depthwise[c] = window[9 * c + 4] * wide[c];
        }
        double[] inner = silu(normalized(depthwise));
        double[] squeezed = silu(product(values(parameters, "2.fc1.weight"), inner));
        double[] logits = product(values(parameters, "2.fc2.weight"), squeezed);
        for (int c = 0; c < 24; c++) {
            inner[c] /= 1 + Math.exp(-logits[c]);
        }
        double[] expected = normalized(product(values(parameters, "3.0.weight"), inner));
        for (int c = 0; c < 4; c++) {
            assertEquals(expected[c] + x[c], y[c], 1e-5);
        }
        assertEquals(1, squeezed.length);
    }

    /** Along a random direction in pixels, in training mode, where signals do not fade: central differences in float64. */
    @Test
    void its_gradient_to_the_image_is_that_of_finite_differences() {
        Classifier network = new StagedArchitecture(EfficientNet.b0(), BENCH.operators())
                .build(new Shape(3, 64, 64), 3, BENCH.parameters(new Wide()));
        NDArray image = wide(4, new Shape(4, 3, 64, 64));
        NDArray direction = wide(5, image.getShape());
        double slope;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray leaf = BENCH.gradients().variable(image);
            slope = BENCH.gradients()
                    .of(objective(network, leaf), new NDList(leaf))
                    .head()
                    .mul(direction)
                    .sum()
                    .getDouble();
        }
        NDArray step = direction.mul(1e-5);
        double above = objective(network, image.add(step)).getDouble();
        double below = objective(network, image.sub(step)).getDouble();

        assertEquals((above - below) / 2e-5, slope, 1e-5 * Math.abs(slope));
    }

    @Test
    void a_sample_has_the_logits_that_it_has_alone() {
        Classifier network = new StagedArchitecture(EfficientNet.b0(), BENCH.operators())
                .build(new Shape(3, 32, 32), 3, BENCH.parameters(new Wide()));
        NDArray images = wide(6, new Shape(2, 3, 32, 32));

        assertArrayEquals(
                logits(network, images).get("1:2").toDoubleArray(),
                logits(network, images.get("1:2")).toDoubleArray(),
                1e-9);
    }

    private static NDArray objective(Classifier network, NDArray images) {
        return network.forward(images, Pass.training(BENCH.stream(3)))
                .logits()
                .logSoftmax(1)
                .get(":, 1")
                .sum();
    }

    private static NDArray logits(Classifier network, NDArray images) {
        return network.forward(images, Pass.evaluation(BENCH.stream(3))).logits();
    }

    private static Classifier build(int classes) {
        return new StagedArchitecture(EfficientNet.b0(), BENCH.operators())
                .build(new Shape(3, 224, 224), classes, BENCH.parameters(new Zeros()));
    }

    private static long size(Map<String, NDArray> tensors) {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.getShape().size())
                .sum();
    }

    private static long count(Map<String, Shape> shapes, String end) {
        return shapes.keySet().stream().filter(name -> name.endsWith(end)).count();
    }

    private static double[] product(double[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int i = 0; i < matrix.length; i++) {
            y[i / x.length] += matrix[i] * x[i % x.length];
        }
        return y;
    }

    /** With the first statistics. */
    private static double[] normalized(double[] x) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] /= Math.sqrt(1 + 1e-5);
        }
        return y;
    }

    private static double[] silu(double[] x) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] /= 1 + Math.exp(-x[i]);
        }
        return y;
    }

    private static double[] values(Parameters parameters, String name) {
        return doubles(Objects.requireNonNull(parameters.all().get(name), name).toFloatArray());
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static NDArray wide(long seed, Shape shape) {
        return BENCH.manager().create(doubles(BENCH.stream(seed).gaussians(Math.toIntExact(shape.size()))), shape);
    }

    /** First values in float64. */
    private record Wide() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return manager.create(initial.values(shape, BENCH.stream(7).child(name)), shape)
                    .toType(DataType.FLOAT64, false);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
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
}
