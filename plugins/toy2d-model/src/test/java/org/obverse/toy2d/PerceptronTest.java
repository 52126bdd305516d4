package org.obverse.toy2d;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class PerceptronTest {
    private static final Workbench BENCH = Workbench.of(PerceptronTest.class);
    private static final Fixture REFERENCE = BENCH.fixture("toy2d.safetensors");
    private static final Pass EVALUATION = Pass.evaluation(BENCH.stream(1));

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_first_tensors_of_seed_42_are_torchs() {
        Parameters parameters = paper(BENCH.parameters(1)).parameters();

        parameters
                .all()
                .forEach((name, tensor) ->
                        assertArrayEquals(REFERENCE.get("init." + name).toFloatArray(), tensor.toFloatArray(), name));
        assertEquals(
                REFERENCE.names().stream()
                                .filter(name -> name.startsWith("init."))
                                .count()
                        - 2,
                parameters.all().size(),
                "all but the two counters of batches");
    }

    @Test
    void the_first_loss_on_the_blobs_is_the_references() {
        Images images = Blobs.draw(17, 500, 1.6).images(Part.TRAINING);
        int[] all = IntStream.range(0, 500).toArray();
        long[] labels = IntStream.of(all).mapToLong(images::label).toArray();
        NDArray batch = images.read(BENCH.manager(), all);
        NDArray oneHot = BENCH.manager().create(labels).oneHot(3);

        Activations first = paper(BENCH.parameters(1)).forward(batch, Pass.training(BENCH.stream(1)));
        NDArray loss = first.logits().logSoftmax(1).mul(oneHot).sum().div(-500);

        assertEquals(REFERENCE.get("a0.loss_trace").getFloat(0), loss.getFloat(), 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a0", "p05", "m05"})
    void with_the_references_weights_an_attacks_end_has_a_confidence_just_above_0_95(String alpha) {
        ParameterSource weights = REFERENCE.weights(alpha + ".final.");
        Classifier trained = paper(BENCH.parameters(weights));
        NDArray route = REFERENCE.get(alpha + ".route_points");
        NDArray lastTwo = Plane.images(route.get(route.getShape().get(0) - 3 + ":-1"));

        float[] confidence = trained.forward(lastTwo, EVALUATION)
                .logits()
                .softmax(1)
                .get(":,2")
                .toFloatArray();

        assertEquals(List.of(false, true), List.of(confidence[0] > 0.95, confidence[1] > 0.95));
    }

    @Test
    void the_logits_are_the_head_of_the_penultimate_activation() {
        Classifier network = paper(BENCH.parameters(1));
        NDArray images = BENCH.manager().create(BENCH.stream(2).gaussians(8), new Shape(4, 2));

        Activations activations = network.forward(images, EVALUATION);
        NDArray head = requireNonNull(network.parameters().all().get("6.weight"));

        assertEquals(new Shape(4, 20), activations.tap(Tap.PENULTIMATE).getShape());
        assertArrayEquals(
                activations.tap(Tap.PENULTIMATE).matMul(head.transpose()).toFloatArray(),
                activations.logits().toFloatArray(),
                1e-6f);
    }

    @Test
    void it_takes_images_of_any_shape_and_any_number_of_classes() {
        Classifier network =
                new PerceptronArchitecture(7, BENCH.operators()).build(new Shape(3, 4, 4), 5, BENCH.parameters(1));

        Activations activations = network.forward(BENCH.manager().ones(new Shape(6, 3, 4, 4)), EVALUATION);

        assertEquals(new Shape(6, 5), activations.logits().getShape());
    }

    private static Classifier paper(Parameters parameters) {
        return new PerceptronArchitecture(42, BENCH.operators()).build(Plane.SHAPE, 3, parameters);
    }
}
