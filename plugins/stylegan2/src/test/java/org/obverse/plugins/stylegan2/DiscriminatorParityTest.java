package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.generator.Criticized;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

/** Held to what the official code computed from the same weights. */
class DiscriminatorParityTest {
    private static final Workbench BENCH = Workbench.of(DiscriminatorParityTest.class);
    private static final double LOGITS = 1e-4;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    static List<Reference> references() {
        return List.of(Reference.small(BENCH), Reference.clamped(BENCH));
    }

    @ParameterizedTest
    @MethodSource("references")
    void the_generator_hands_out_its_discriminators_logits(Reference reference) {
        Criticized generator = reference.build(FrozenGenerator.WithCritic.class);
        assertEquals(4, generator.groupSize());
        for (String images : List.of("img_const_wplus", "img_const_psi0.5_cut8")) {
            NDArray expected = reference.get("d_logits_" + images).flatten();
            assertEquals(0, Reference.difference(expected, generator.realness(reference.get(images))), LOGITS);
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void the_losses_agree(Reference reference) {
        NDArray logits = reference.discriminator().apply(reference.get("img_const_wplus"));
        NDArray forGenerator = BENCH.operators().softplus(logits.neg());
        NDArray forDiscriminator = BENCH.operators().softplus(logits);
        assertEquals(0, Reference.difference(reference.get("loss_g_nonsat").flatten(), forGenerator), LOGITS);
        assertEquals(0, Reference.difference(reference.get("loss_d_fake").flatten(), forDiscriminator), LOGITS);
    }

    @ParameterizedTest
    @MethodSource("references")
    void the_gradients_of_the_r1_penalty_agree(Reference reference) {
        Gradients gradients = BENCH.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray images = gradients.variable(reference.get("img_const_wplus"));
            NDArray sum = reference.discriminator().apply(images).sum();
            NDArray slope = gradients.differentiable(sum, new NDList(images)).head();
            NDArray expected = reference.get("r1_grads");
            assertEquals(
                    0,
                    Reference.difference(expected, slope),
                    1e-4 * expected.abs().max().getFloat());
            NDArray penalty =
                    slope.square().reshape(slope.getShape().get(0), -1).sum(new int[] {1});
            NDArray expectedPenalty = reference.get("r1_penalty");
            assertEquals(
                    0,
                    Reference.difference(expectedPenalty, penalty),
                    1e-4 * expectedPenalty.max().getFloat());
        }
    }

    @Test
    void a_conditional_discriminator_agrees() {
        Reference reference = Reference.conditional(BENCH);
        NDArray logits = reference.discriminator().apply(reference.get("image"), reference.get("c"));
        assertEquals(0, Reference.difference(reference.get("d_logits").flatten(), logits), LOGITS);
    }
}
