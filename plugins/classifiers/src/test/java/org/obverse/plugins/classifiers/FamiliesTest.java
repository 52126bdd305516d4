package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.testkit.Workbench;

/** What holds for one network of each published family. */
class FamiliesTest {
    private static final Workbench BENCH = Workbench.of(FamiliesTest.class);
    private static final int CLASSES = 7;

    /** A network, and images on whose last maps there is more than one pixel. */
    private record Member(Design design, int height, int width, int batch) {
        Shape input() {
            return new Shape(3, height, width);
        }

        Classifier build(NDManager manager) {
            return new StagedArchitecture(design, BENCH.operators())
                    .build(input(), CLASSES, new Parameters(manager, new Scattered()));
        }

        NDArray images(NDManager manager) {
            Shape shape = new Shape(batch).addAll(input());
            return manager.create(BENCH.stream(2).gaussians(Math.toIntExact(shape.size())), shape)
                    .clip(-1, 1);
        }

        @Override
        public String toString() {
            return design.name();
        }
    }

    static Stream<Member> members() {
        return Stream.of(
                new Member(ResNet.RESNEXT_50.design(), 64, 75, 2),
                new Member(DenseNet.DENSENET_121.design(), 75, 64, 2),
                new Member(new Vgg("narrow vgg16-bn", VggTrunk.NORMALIZED, 32).design(), 64, 75, 4),
                new Member(EfficientNet.b0(), 64, 75, 4),
                new Member(Vgg64.design(), 64, 39, 4),
                new Member(FaceResNet.FACENET_64.design(), 32, 40, 4),
                new Member(InceptionV3.fid().design(), 107, 120, 2),
                new Member(InceptionResNetV1.design(), 107, 120, 4));
    }

    /** The auxiliary head needs large images. */
    static Stream<Member> trainedMembers() {
        Member inception = new Member(InceptionV3.torchvision(5).design(), 299, 299, 3);
        return Stream.concat(members(), Stream.of(inception));
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("members")
    void every_activation_has_its_declared_shape_and_recording_changes_no_bit(Member member) {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = member.build(manager);
            NDArray images = BENCH.gradients().variable(member.images(manager));
            Activations plain = evaluate(network, images);
            Activations recorded;
            try (Gradients.Recording recording = BENCH.gradients().recording()) {
                recorded = evaluate(network, images);
            }
            assertEquals(new Shape(member.batch(), CLASSES), plain.logits().getShape());
            assertArrayEquals(plain.logits().toFloatArray(), recorded.logits().toFloatArray());
            assertEquals(network.taps().size(), plain.taps().size());
            for (Tap tap : network.taps()) {
                Shape shape = plain.tap(tap.name()).getShape();
                assertEquals(new Shape(member.batch()).addAll(tap.shape()), shape, tap.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trainedMembers")
    void one_step_of_training_changes_every_trainable_tensor(Member member) {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Classifier network = member.build(manager);
            Parameters parameters = network.parameters();
            Map<String, NDArray> weights = parameters.trainable();
            List<NDArray> before = new ArrayList<>();
            weights.values().forEach(weight -> before.add(weight.duplicate()));
            NDList variables = parameters.trainableList();
            try (ParameterOptimizer adam = BENCH.training().adam(variables, 0.9, 0.999, 1e-8, 0)) {
                adam.step(gradients(network, member.images(manager)), 0.01);
            }
            int index = 0;
            for (Map.Entry<String, NDArray> weight : weights.entrySet()) {
                boolean same = weight.getValue().contentEquals(before.get(index));
                assertFalse(same, weight.getKey());
                index++;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void images_one_pixel_too_small_are_refused_and_the_smallest_pass(Member member) {
        int least = member.design().least();
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Member small = new Member(member.design(), least, least, 1);
            assertTrue(evaluate(small.build(manager), small.images(manager))
                    .logits()
                    .isNaN()
                    .none()
                    .getBoolean());
            Member smaller = new Member(member.design(), least, least - 1, 1);
            assertThrows(InvalidConfigurationException.class, () -> smaller.build(manager));
        }
    }

    @Test
    void inception_needs_299_pixels_for_its_auxiliary_head_alone() {
        assertEquals(299, InceptionV3.torchvision(1000).design().least());
        assertEquals(75, InceptionV3.torchvision(0).design().least());
    }

    @Test
    void the_shift_before_the_head_of_the_low_resolution_vgg_is_not_trained() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            Parameters parameters =
                    new Member(Vgg64.design(), 32, 32, 1).build(manager).parameters();
            assertTrue(parameters.all().containsKey("bn.bias"));
            assertFalse(parameters.trainable().containsKey("bn.bias"));
        }
    }

    private static Activations evaluate(Classifier network, NDArray images) {
        return network.forward(images, Pass.evaluation(BENCH.stream(3)));
    }

    /** Of the cross-entropy with the classes 0, 1, 2, …, of the auxiliary head too. */
    private static NDList gradients(Classifier network, NDArray images) {
        Parameters parameters = network.parameters();
        parameters.requireGradients(Requirement.TRAINABLE);
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            Activations activations = network.forward(images, Pass.training(BENCH.stream(4)));
            NDArray loss = loss(activations.logits());
            if (activations.taps().containsKey(Tap.AUXILIARY)) {
                loss = loss.add(loss(activations.tap(Tap.AUXILIARY)));
            }
            return BENCH.gradients().of(loss, parameters.trainableList());
        } finally {
            parameters.requireGradients(Requirement.NONE);
        }
    }

    private static NDArray loss(NDArray logits) {
        Shape shape = logits.getShape();
        NDArray targets = logits.getManager().eye((int) shape.get(0), (int) shape.get(1), 0, logits.getDataType());
        return logits.logSoftmax(1).mul(targets).sum().neg();
    }

    /** Values of the fixtures' formula, which are cheaper than draws. */
    private record Scattered() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return manager.create(FormulaWeights.values(name.hashCode(), name, shape), shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
