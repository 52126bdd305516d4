package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Truncation;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

/** Held to what the official code computed from the same weights. */
class GeneratorParityTest {
    private static final Workbench BENCH = Workbench.of(GeneratorParityTest.class);
    private static final double STYLES = 1e-5;
    private static final double IMAGES = 1e-4;
    private static final double GRADIENTS = 1e-3;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    static List<Reference> references() {
        return List.of(Reference.small(BENCH), Reference.clamped(BENCH));
    }

    @ParameterizedTest
    @MethodSource("references")
    void mapping_agrees(Reference reference) {
        FrozenGenerator generator = reference.build(FrozenGenerator.class);
        assertEquals(0, Reference.difference(reference.get("ws_psi1"), generator.locate(reference.get("z"))), STYLES);
    }

    @ParameterizedTest
    @CsvSource({
        "32, ws_psi0.5_cut8, 0.5, 8",
        "32, ws_psi0.7_cut3, 0.7, 3",
        "32, ws_psi0.7_nocut, 0.7, 8",
        "64, ws_psi0.5_cut8, 0.5, 8",
        "64, ws_psi0.7_cut8, 0.7, 8",
        "64, ws_psi0.7_nocut, 0.7, 10"
    })
    void truncation_agrees(int side, String expected, double psi, int cutoff) {
        Reference reference = side == 32 ? Reference.small(BENCH) : Reference.clamped(BENCH);
        NDArray w = reference.build(FrozenGenerator.class).map(reference.get("z"), new Truncation(psi, cutoff));
        assertEquals(0, Reference.difference(reference.get(expected), w), STYLES);
    }

    @ParameterizedTest
    @MethodSource("references")
    void images_agree_for_truncated_single_and_separate_rows(Reference reference) {
        FrozenGenerator generator = reference.build(FrozenGenerator.class);
        agree(reference, "img_const_psi0.5_cut8", generator.generate(reference.get("ws_psi0.5_cut8")));
        agree(reference, "img_const_single_w", generator.generate(reference.get("single_w")));
        agree(reference, "img_const_wplus", generator.generate(reference.get("wplus")));
    }

    @ParameterizedTest
    @MethodSource("references")
    void images_without_noise_agree(Reference reference) {
        FrozenGenerator generator = reference.with(Noise.NONE).build(FrozenGenerator.class);
        agree(reference, "img_none_psi0.5_cut8", generator.generate(reference.get("ws_psi0.5_cut8")));
    }

    @ParameterizedTest
    @MethodSource("references")
    void gradients_to_w_agree(Reference reference) {
        for (String points : List.of("wplus", "single_w")) {
            NDArray expected = reference.get("grad_" + points);
            double scale = expected.abs().max().getFloat();
            double error = Reference.difference(expected, gradient(reference, points));
            assertEquals(0, error / scale, GRADIENTS, points);
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void path_lengths_agree(Reference reference) {
        NDArray gradient = gradient(reference, "wplus");
        int side = reference.settings().resolution();
        NDArray lengths =
                gradient.square().sum(new int[] {2}).mean(new int[] {1}).sqrt().div(side);
        NDArray expected = reference.get("pl_lengths");
        assertEquals(
                0,
                Reference.difference(expected, lengths),
                GRADIENTS * expected.max().getFloat());
    }

    @Test
    void a_conditional_generator_agrees() {
        Reference reference = Reference.conditional(BENCH);
        Conditional generator = (Conditional) reference.build(FrozenGenerator.WithConditionsAndCritic.class);
        int[] conditions = IntStream.range(0, 4)
                .map(i -> (int) reference.get("c").get(i).argMax().getLong())
                .toArray();
        assertEquals(
                0,
                Reference.difference(reference.get("w_psi1"), generator.locate(reference.get("z"), conditions)),
                STYLES);
        agree(reference, "image", generator.generate(reference.get("w")));
        assertTrue(Reference.difference(generator.locate(reference.get("z")), reference.get("w_psi1")) > 0.01);
        assertEquals(5, generator.conditions());
        assertEquals(new Shape(6, 20), generator.searchSpace());
    }

    private static void agree(Reference reference, String expected, NDArray images) {
        assertEquals(0, Reference.difference(reference.get(expected), images), IMAGES, expected);
    }

    private static NDArray gradient(Reference reference, String points) {
        FrozenGenerator generator = reference.build(FrozenGenerator.class);
        Gradients gradients = BENCH.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray w = gradients.variable(reference.get(points));
            NDArray scalar =
                    generator.generate(w).mul(reference.get("grad_coef")).sum();
            return gradients.of(scalar, new NDList(w)).head();
        }
    }
}
