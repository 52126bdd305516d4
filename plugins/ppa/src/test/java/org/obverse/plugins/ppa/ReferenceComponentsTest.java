package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Component;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

/** What the published code's arithmetic does to the method; its numbers are those of {@link ReferenceAttackTest}. */
class ReferenceComponentsTest {
    private static final Workbench BENCH =
            Workbench.of(ReferenceComponentsTest.class).with(new IdentityLossesPlugin());
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 8, 1);
    private static final String KEYS = "steps: 1, beta1: 0, beta2: 0, random-crop: {min-area: 1}, ";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** With betas of 0 and an epsilon far above the gradient g, a step is −rate · g / epsilon. */
    @Test
    void the_loss_is_averaged_over_the_batch() {
        String keys = KEYS + "learning-rate: 1000, epsilon: 1000000, loss: logit";
        LinearNet target = LinearNet.at(BENCH, 8, 31, 1);
        Candidates start = start(4, 3);

        float[] own = moved(PpaPlugin.ADAM, "{" + keys + "}", start, target);
        float[] shared = moved(ReferenceComponents.ADAM, "{method: {" + keys + "}}", start, target);

        for (int i = 0; i < own.length; i++) {
            assertEquals(own[i] / 4, shared[i], 1e-6);
        }
    }

    /** The target is sure: what it gives other classes, e⁻²⁵ and less, is nothing beside 1 in float32. */
    @Test
    void the_loss_is_computed_in_float32() {
        String keys = KEYS + "loss: cross-entropy";
        NDArray logits = LinearNet.at(BENCH, 8, 31, 1)
                .forward(GENERATOR.generate(single(start(1, 0))), Pass.evaluation(BENCH.stream(1)))
                .logits();
        float[] sorted = logits.toFloatArray();
        Arrays.sort(sorted);
        LinearNet target = LinearNet.at(BENCH, 8, 31, 25 / (sorted[9] - sorted[8]));
        Candidates start = start(1, Math.toIntExact(logits.argMax().getLong()));

        float precise = loss(optimize(PpaPlugin.ADAM, "{" + keys + "}", start, target));
        float published = loss(optimize(ReferenceComponents.ADAM, "{method: {" + keys + "}}", start, target));

        assertTrue(precise >= Math.exp(-25.01), () -> "float64 loss " + precise);
        assertTrue(published == 0, () -> "float32 loss " + published);
    }

    private static float loss(Candidates found) {
        return found.curves().get(0).values().get(0)[0];
    }

    private static <C extends Record> float[] moved(
            Component<C, Optimizer> component, String keys, Candidates start, LinearNet target) {
        return Bench.points(optimize(component, keys, start, target))
                .sub(single(start))
                .toFloatArray();
    }

    private static <C extends Record> Candidates optimize(
            Component<C, Optimizer> component, String keys, Candidates start, LinearNet target) {
        return component
                .factory()
                .create(Bench.settings(component.defaults(), keys), BENCH)
                .optimize(
                        start,
                        Bench.unit(BENCH, GENERATOR, target, 9, start.classes().get(0)));
    }

    private static NDArray single(Candidates candidates) {
        return Bench.points(candidates).get(":,0:1");
    }

    private static Candidates start(int count, int target) {
        Shape shape = new Shape(count, GENERATOR.rows(), GENERATOR.styleSize());
        NDArray points = BENCH.manager().create(BENCH.stream(3).gaussians(Math.toIntExact(shape.size())), shape);
        return new Candidates(
                new LatentPoints(GENERATOR, points),
                Collections.nCopies(count, target),
                Collections.nCopies(count, Double.NaN),
                List.of());
    }
}
