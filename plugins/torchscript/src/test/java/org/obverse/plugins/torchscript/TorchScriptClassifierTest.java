package org.obverse.plugins.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.tensor.Gradients.Recording;
import org.obverse.api.tensor.Resampling;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

final class TorchScriptClassifierTest {
    private static final Workbench BENCH = Workbench.of(TorchScriptClassifierTest.class);
    private static final Shape IMAGE = new Shape(3, 8, 8);
    private static final int CLASSES = 5;
    private static final ScriptedClassifier NETWORK = ScriptedClassifier.drawn(CLASSES, BENCH.stream(3));
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> DEVIATION = List.of(0.229, 0.224, 0.225);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private Path file(Result result) {
        Path file = folder.resolve(result + ".pt");
        NETWORK.write(file, result);
        return file;
    }

    private Classifier build(TorchScriptConfiguration settings) {
        return settings.architecture(BENCH).build(IMAGE, CLASSES, BENCH.parameters(0));
    }

    private TorchScriptConfiguration plain(Result result) {
        return new TorchScriptConfiguration(
                file(result).toString(),
                List.of(),
                PixelRange.SYMMETRIC,
                List.of(),
                List.of(),
                TorchScriptConfiguration.FIRST);
    }

    private static NDArray images(int count) {
        float[] values = BENCH.stream(9).gaussians(count * (int) IMAGE.size());
        return BENCH.manager().create(values, new Shape(count).addAll(IMAGE)).tanh();
    }

    private static NDArray logits(Classifier classifier, NDArray images) {
        return classifier.forward(images, Pass.evaluation(BENCH.stream(1))).logits();
    }

    private static float gap(NDArray one, NDArray other) {
        return one.sub(other).abs().max().getFloat();
    }

    @Test
    void its_logits_are_those_of_the_same_network_in_djls_operators() {
        NDArray images = images(6);

        assertEquals(0, gap(NETWORK.logits(images), logits(build(plain(Result.LOGITS)), images)), 1e-6);
    }

    @Test
    void the_gradient_of_its_input_is_that_of_the_same_network() {
        Classifier classifier = build(plain(Result.LOGITS));
        try (Recording recording = BENCH.gradients().recording()) {
            NDArray images = BENCH.gradients().variable(images(4));
            NDArray loss = logits(classifier, images).logSoftmax(1).get(":, 2").sum();
            NDArray expected = NETWORK.logits(images).logSoftmax(1).get(":, 2").sum();
            NDArray slope = BENCH.gradients().of(loss, new NDList(images)).head();

            assertTrue(slope.abs().max().getFloat() > 1e-3);
            assertEquals(
                    0, gap(BENCH.gradients().of(expected, new NDList(images)).head(), slope), 1e-7);
        }
    }

    @Test
    void its_weights_take_part_in_no_graph() {
        Classifier classifier = build(plain(Result.LOGITS));
        try (Recording recording = BENCH.gradients().recording()) {
            NDArray variable = BENCH.gradients().variable(images(1));
            NDArray loss = logits(classifier, images(2)).sum();

            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> BENCH.gradients().of(loss, new NDList(variable)));
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("the scalar has no graph"), refusal::toString);
        }
        assertTrue(classifier.parameters().all().isEmpty());
    }

    @Test
    void pixels_are_brought_to_the_range_and_normalised_per_channel() {
        TorchScriptConfiguration settings = new TorchScriptConfiguration(
                file(Result.LOGITS).toString(),
                List.of(),
                PixelRange.UNIT,
                MEAN,
                DEVIATION,
                TorchScriptConfiguration.FIRST);
        NDArray images = images(3);
        NDArray mean = BENCH.manager().create(new float[] {0.485f, 0.456f, 0.406f}, new Shape(1, 3, 1, 1));
        NDArray deviation = BENCH.manager().create(new float[] {0.229f, 0.224f, 0.225f}, new Shape(1, 3, 1, 1));
        NDArray expected = images.add(1).div(2).sub(mean).div(deviation);

        assertEquals(0, gap(NETWORK.logits(expected), logits(build(settings), images)), 2e-6);
    }

    @Test
    void one_number_normalises_all_channels() {
        TorchScriptConfiguration settings = new TorchScriptConfiguration(
                file(Result.LOGITS).toString(),
                List.of(),
                PixelRange.UNIT,
                List.of(0.5),
                List.of(0.5),
                TorchScriptConfiguration.FIRST);
        NDArray images = images(3);

        assertEquals(0, gap(NETWORK.logits(images), logits(build(settings), images)), 2e-6);
    }

    @Test
    void images_of_another_size_are_resized_to_its_own() {
        TorchScriptConfiguration settings = new TorchScriptConfiguration(
                file(Result.LOGITS).toString(),
                List.of(6, 4),
                PixelRange.SYMMETRIC,
                List.of(),
                List.of(),
                TorchScriptConfiguration.FIRST);
        NDArray images = images(3);
        Classifier classifier = build(settings);
        NDArray resized = Resampling.of(8, 8).resize(6, 4).apply(images);

        assertEquals(IMAGE, classifier.input());
        assertEquals(0, gap(NETWORK.logits(resized), logits(classifier, images)), 1e-6);
        assertTrue(gap(NETWORK.logits(images), logits(classifier, images)) > 1e-3);
    }

    @Test
    void an_output_of_a_tuple_is_chosen_by_its_place() {
        TorchScriptConfiguration first = plain(Result.PAIR);
        TorchScriptConfiguration second = new TorchScriptConfiguration(
                first.file(), first.size(), first.range(), first.mean(), first.deviation(), new NameOrIndex.Index(1));
        NDArray images = images(2);

        assertEquals(0, gap(NETWORK.logits(images).mul(0.5), logits(build(first), images)), 1e-6);
        assertEquals(0, gap(NETWORK.logits(images), logits(build(second), images)), 1e-6);
    }

    @Test
    void several_threads_get_the_answers_and_gradients_of_one() {
        Classifier classifier = build(plain(Result.LOGITS));
        NDArray images = images(4);
        float[] alone = slope(classifier, images);

        List<float[]> together = BENCH.workspace()
                .map("taking slopes", IntStream.range(0, 40).boxed().toList(), i -> slope(classifier, images));

        together.forEach(slope -> assertArrayEquals(alone, slope));
    }

    private static float[] slope(Classifier classifier, NDArray images) {
        try (Recording recording = BENCH.gradients().recording()) {
            NDArray variable = BENCH.gradients().variable(images);
            NDArray loss =
                    logits(classifier, variable).logSoftmax(1).get(":, 0").sum();
            return BENCH.gradients().of(loss, new NDList(variable)).head().toFloatArray();
        }
    }

    @Test
    void it_has_no_taps_and_answers_training_like_evaluation() {
        Classifier classifier = build(plain(Result.LOGITS));
        NDArray images = images(2);

        assertEquals(List.of(), classifier.taps());
        NDArray trained =
                classifier.forward(images, Pass.training(BENCH.stream(1))).logits();
        assertEquals(0, gap(logits(classifier, images), trained));
    }
}
