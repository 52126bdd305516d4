package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/**
 * Against torchvision 0.14.1, facenet-pytorch, pytorch-fid and the low-resolution networks, with weights and images that
 * a formula gives: state dicts, outputs and gradients to the images.
 */
class PublishedNetworksTest {
    private static final Workbench BENCH = Workbench.of(PublishedNetworksTest.class);
    private static final int IMAGES = 100_000;
    private static final int COEFFICIENTS = 200_000;

    /** Tolerances of the fixtures' README, relative to the largest entry. */
    private static final double OUTPUT = 1e-4;

    private static final double GRADIENT = 1e-3;

    /** Of images, relative. */
    private static final double[] ROUNDINGS = {-1e-6, 1e-6, -2e-6, 2e-6, -4e-6, 4e-6, -8e-6, 8e-6};

    private static final int FACES = 530;
    private static final int IMAGENET = 1000;
    private static final int IDENTITIES = 100;

    /** A network, and the name of its fixture. */
    private record Published(String fixture, Design design, int size, int classes) {
        FormulaWeights weights() {
            return FormulaWeights.of("names-" + fixture + ".txt");
        }

        Classifier build(NDManager manager, InputTransform transform) {
            return new StagedArchitecture(design, transform, new Beginning.Drawn(), BENCH.operators())
                    .build(new Shape(3, size, size), classes, new Parameters(manager, weights()));
        }

        @Override
        public String toString() {
            return fixture;
        }
    }

    private static final Published INCEPTION =
            new Published("inception_v3", InceptionV3.torchvision(IMAGENET).design(), 299, FACES);
    private static final Published FID =
            new Published("fid_inception_v3", InceptionV3.fid().design(), 299, 1008);
    private static final Published FACENET =
            new Published("facenet_inception_resnet_v1", InceptionResNetV1.design(), 160, 2);

    static Stream<Published> classifiers() {
        return Stream.of(
                new Published("resnet18", ResNet.RESNET_18.design(), 64, FACES),
                new Published("resnet34", ResNet.RESNET_34.design(), 64, FACES),
                new Published("resnet50", ResNet.RESNET_50.design(), 64, FACES),
                new Published("resnet101", ResNet.RESNET_101.design(), 64, FACES),
                new Published("resnet152", ResNet.RESNET_152.design(), 64, FACES),
                new Published("resnext50_32x4d", ResNet.RESNEXT_50.design(), 64, FACES),
                new Published("resnext101_32x8d", ResNet.RESNEXT_101.design(), 64, FACES),
                new Published("densenet121", DenseNet.DENSENET_121.design(), 64, FACES),
                new Published("densenet161", DenseNet.DENSENET_161.design(), 64, FACES),
                new Published("densenet169", DenseNet.DENSENET_169.design(), 64, FACES),
                new Published("densenet201", DenseNet.DENSENET_201.design(), 64, FACES),
                new Published("vgg16", Vgg.VGG_16.design(), 64, IMAGENET),
                new Published("vgg16_bn", Vgg.VGG_16_BN.design(), 64, IMAGENET),
                INCEPTION,
                new Published("vgg16_64", Vgg64.design(), 64, IDENTITIES),
                new Published("ir152_64", FaceResNet.IR152_64.design(), 64, IDENTITIES),
                new Published("facenet64", FaceResNet.FACENET_64.design(), 64, IDENTITIES),
                new Published("evaluation_ir50_112", FaceResNet.IR50_112.design(), 112, IDENTITIES));
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void names_logits_and_the_gradient_to_the_image_are_the_published_networks(Published published) {
        Fixture fixture = BENCH.fixture("arch-" + published.fixture() + ".safetensors");
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = published.build(manager, InputTransform.NONE);
            network.parameters().requireNothingLeft(published.fixture());
            assertEquals(
                    published.weights().published(),
                    List.copyOf(network.parameters().all().keySet()));
            Activations activations = assertOutputAndGradient(fixture, published, network, "");
            if (fixture.names().contains("features")) {
                assertClose(fixture.get("features"), activations.tap(Tap.PENULTIMATE));
            }
        }
    }

    @Test
    void the_embedding_of_facenet_is_facenet_pytorchs() {
        FormulaWeights published = FACENET.weights();
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Parameters parameters = new Parameters(
                    manager, published.with("logits.weight", new Shape(2, 512)).with("logits.bias", new Shape(2)));
            Classifier network = new StagedArchitecture(FACENET.design(), BENCH.operators())
                    .build(new Shape(3, 160, 160), FACENET.classes(), parameters);
            List<String> names = List.copyOf(parameters.all().keySet());
            assertEquals(published.published(), names.subList(0, names.size() - 2));
            assertEquals(List.of("logits.weight", "logits.bias"), names.subList(names.size() - 2, names.size()));
            Fixture fixture = BENCH.fixture("arch-" + FACENET.fixture() + ".safetensors");
            assertOutputAndGradient(fixture, FACENET, network, InceptionResNetV1.EMBEDDING);
        }
    }

    @Test
    void inception_transforms_its_input_only_where_it_is_told_to() {
        Fixture fixture = BENCH.fixture("arch-inception_v3.safetensors");
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = INCEPTION.build(manager, InputTransform.TRANSFORM_INPUT);
            assertClose(
                    fixture.get("logits_transform_input_true"),
                    evaluate(network, manager).logits());
        }
    }

    @Test
    void the_features_of_the_frechet_distance_are_pytorch_fids() {
        Fixture fixture = BENCH.fixture("arch-fid_inception_v3.safetensors");
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = FID.build(manager, InputTransform.NONE);
            assertEquals(
                    FID.weights().published(),
                    List.copyOf(network.parameters().all().keySet()));
            NDArray plain = evaluate(network, manager).tap(Tap.PENULTIMATE);
            assertClose(fixture.get("pool3_no_normalize"), plain);
        }
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = FID.build(manager, InputTransform.DOUBLED);
            NDArray doubled = evaluate(network, manager).tap(Tap.PENULTIMATE);
            assertClose(fixture.get("pool3_default_normalize"), doubled);
        }
    }

    /**
     * Of the tap, or of the logits if it is empty. Where some unit lies so close to the kink of its ReLU that two versions of
     * torch round it to different sides, the gradients differ; then they must agree in float64, or for images that differ by
     * rounding errors. No wrong gradient is mended by either.
     */
    private static Activations assertOutputAndGradient(
            Fixture fixture, Published published, Classifier network, String tap) {
        NDManager manager = network.parameters().manager();
        NDArray images = images(network, manager);
        Pullback narrow = pullback(network, images, tap);
        assertClose(fixture.get(tap.isEmpty() ? "logits" : tap), output(narrow.activations(), tap));
        double error = gradientError(fixture, narrow.gradient());
        if (error > GRADIENT) {
            Parameters wide =
                    new Parameters(manager, new Wide(network.parameters().all()));
            Classifier same = new StagedArchitecture(published.design(), BENCH.operators())
                    .build(network.input(), network.classes(), wide);
            NDArray gradient =
                    pullback(same, images.toType(DataType.FLOAT64, false), tap).gradient();
            error = gradientError(fixture, gradient);
        }
        for (double rounding : ROUNDINGS) {
            if (error > GRADIENT) {
                NDArray beside = images.mul((float) (1 + rounding));
                error = gradientError(fixture, pullback(network, beside, tap).gradient());
            }
        }
        assertTrue(error <= GRADIENT, "the gradient's relative error is " + error);
        return narrow.activations();
    }

    /** What a network makes of images, and the gradient of its output, weighted by the fixtures' coefficients, to them. */
    private record Pullback(Activations activations, NDArray gradient) {}

    private static Pullback pullback(Classifier network, NDArray images, String tap) {
        NDArray variable = BENCH.gradients().variable(images);
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            Activations activations = network.forward(variable, Pass.evaluation(BENCH.random()));
            NDArray output = output(activations, tap);
            NDArray coefficients = formula(images.getManager(), COEFFICIENTS, 2, -1, output.getShape());
            NDArray sum =
                    output.mul(coefficients.toType(images.getDataType(), false)).sum();
            return new Pullback(
                    activations, BENCH.gradients().of(sum, new NDList(variable)).singletonOrThrow());
        }
    }

    private static double gradientError(Fixture fixture, NDArray gradient) {
        return Math.max(
                error(fixture.get("grad_input_sum_per_channel"), gradient.sum(new int[] {2, 3})),
                error(fixture.get("grad_input_corner8"), gradient.get(":, :, :8, :8")));
    }

    private static NDArray output(Activations activations, String tap) {
        return tap.isEmpty() ? activations.logits() : activations.tap(tap);
    }

    /** The tensors of another network in float64. */
    private record Wide(Map<String, NDArray> tensors) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return Objects.requireNonNull(tensors.get(name), name).toType(DataType.FLOAT64, false);
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }

    private static Activations evaluate(Classifier network, NDManager manager) {
        return network.forward(images(network, manager), Pass.evaluation(BENCH.random()));
    }

    private static NDArray images(Classifier network, NDManager manager) {
        return formula(manager, IMAGES, 4, -2, new Shape(2).addAll(network.input()));
    }

    private static NDArray formula(NDManager manager, int tensor, double factor, double offset, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (factor * FormulaWeights.unit(tensor, i) + offset);
        }
        return manager.create(values, shape);
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        double error = error(expected, actual);
        assertTrue(error <= OUTPUT, "relative error " + error);
    }

    /** With the largest expected entry as the unit. */
    private static double error(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        NDArray wide = expected.toType(DataType.FLOAT64, false);
        NDArray difference = actual.toType(DataType.FLOAT64, false).sub(wide);
        return difference.abs().max().getDouble() / wide.abs().max().getDouble();
    }
}
