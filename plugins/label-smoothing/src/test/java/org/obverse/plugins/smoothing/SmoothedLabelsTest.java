package org.obverse.plugins.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.Epoch;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SmoothedLabelsTest {
    private static final Workbench BENCH = Workbench.of(SmoothedLabelsTest.class);
    private static final Fixture PUBLISHED = BENCH.fixture("label-smoothing.safetensors");
    private static final JsonNode CLOSED_FORMS = json("losses.json");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3", "0.1", "0.05", "0.0", "-0.005", "-0.01", "-0.05"})
    void cross_entropy_with_the_encoded_labels_is_the_published_loss_and_so_is_its_gradient(String alpha) {
        NDArray labels = PUBLISHED.get("targets");
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray logits = BENCH.gradients().variable(PUBLISHED.get("logits"));
            NDArray loss = crossEntropy(logits, encode(Double.parseDouble(alpha), labels, 12));
            NDArray gradient = BENCH.gradients().of(loss, new NDList(logits)).head();

            assertEquals(PUBLISHED.get("loss[" + alpha + "]").getFloat(), loss.getFloat(), 1e-6f);
            assertArrayEquals(PUBLISHED.get("grad[" + alpha + "]").toFloatArray(), gradient.toFloatArray(), 1e-7f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3", "0.1", "0.0", "-0.005", "-0.05"})
    void cross_entropy_with_the_encoded_labels_is_the_closed_form(String alpha) {
        double[] logits = new double[20];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
                logits[5 * i + j] = 3 * Math.sin(1.3 * i + 0.7 * j + 0.2);
            }
        }
        NDArray labels = BENCH.manager().create(new long[] {0, 3, 4, 1});
        NDArray targets = encode(Double.parseDouble(alpha), labels, 5).toType(DataType.FLOAT64, false);
        NDArray loss = crossEntropy(BENCH.manager().create(logits, new Shape(4, 5)), targets);

        assertEquals(CLOSED_FORMS.path("smoothed_ce").path(alpha).asDouble(), loss.getDouble(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3", "-0.1", "-0.3"})
    void the_target_of_three_classes_is_the_closed_form(String alpha) {
        float[] target = encode(Double.parseDouble(alpha), BENCH.manager().create(new long[] {0}), 3)
                .toFloatArray();

        JsonNode expected = CLOSED_FORMS.path("smoothed_target_C3").path(alpha);
        for (int k = 0; k < 3; k++) {
            assertEquals(expected.path(k).asDouble(), target[k], 1e-6);
        }
    }

    @Test
    void while_a_negative_factor_rests_labels_are_hard() {
        SmoothedLabels encoder = new SmoothedLabels(SmoothingSchedule.of(new LabelSmoothing(-0.05, Course.FRACTION)));
        NDArray labels = BENCH.manager().create(new long[] {2});

        assertArrayEquals(
                new float[] {0, 0, 1},
                encoder.encode(labels, 3, new Epoch(4, 10)).toFloatArray());
        assertEquals(1.0333333f, encoder.encode(labels, 3, new Epoch(9, 10)).toFloatArray()[2], 1e-6f);
    }

    private static NDArray encode(double alpha, NDArray labels, int classes) {
        return new SmoothedLabels(SmoothingSchedule.of(new LabelSmoothing(alpha, Course.CONSTANT)))
                .encode(labels, classes, new Epoch(0, 1));
    }

    private static NDArray crossEntropy(NDArray logits, NDArray targets) {
        return targets.mul(logits.logSoftmax(1)).sum(new int[] {1}).mean().neg();
    }

    private static JsonNode json(String file) {
        try (InputStream stream = SmoothedLabelsTest.class.getResourceAsStream("/" + file)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
