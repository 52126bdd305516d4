package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.network.Tapped;
import org.obverse.api.network.Tapped.Change;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.testkit.Workbench;

/** The facet of networks of stages that defenses use to act between stages. */
class ChangedActivationsTest {
    private static final Workbench BENCH = Workbench.of(ChangedActivationsTest.class);
    private static final Shape INPUT = new Shape(3, 16, 16);
    private static final Change NOTHING_LEFT = (x, pass) -> x.mul(0);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_network_goes_on_with_what_the_change_leaves_and_taps_what_was_before() {
        Activations plain = forward(small());
        Activations changed = forward(small().changed(Map.of("stage1", (x, pass) -> x.mul(0.5))));

        assertArrayEquals(values(plain, "stage1"), values(changed, "stage1"));
        assertFalse(Arrays.equals(values(plain, "stage2"), values(changed, "stage2")));
    }

    @Test
    void a_head_whose_features_are_gone_answers_its_bias() {
        Activations changed = forward(small().changed(Map.of(Tap.PENULTIMATE, NOTHING_LEFT)));
        NDArray logits = changed.logits();

        assertArrayEquals(logits.get(0).toFloatArray(), logits.get(1).toFloatArray());
        assertTrue(changed.tap(Tap.PENULTIMATE).abs().max().getFloat() > 0, "the tap has the features");
    }

    @Test
    void two_changes_of_one_activation_follow_one_another() {
        float[] both = forward(((Tapped) small().changed(Map.of("stage2", (x, pass) -> x.add(1))))
                        .changed(Map.of("stage2", (x, pass) -> x.mul(3))))
                .logits()
                .toFloatArray();

        assertArrayEquals(
                forward(small().changed(Map.of("stage2", (x, pass) -> x.add(1).mul(3))))
                        .logits()
                        .toFloatArray(),
                both);
    }

    @Test
    void a_changed_architecture_can_be_given_another_head_and_further_changes() {
        ClassifierArchitecture changed = small().changed(Map.of("stage1", NOTHING_LEFT));

        assertInstanceOf(Headed.class, changed);
        assertInstanceOf(Tapped.class, changed);
    }

    @Test
    void an_activation_that_the_network_does_not_have_is_refused_with_those_that_it_has() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> forward(small().changed(Map.of("stge1", NOTHING_LEFT))));

        assertEquals(
                "name one of: stage1, stage2, stage3, penultimate",
                refusal.problems().get(0).wayOut());
    }

    private static Tapped small() {
        return (Tapped) SmallResNet.DEFAULT.architecture(BENCH);
    }

    private static Activations forward(ClassifierArchitecture architecture) {
        Classifier network = architecture.build(INPUT, 4, BENCH.parameters(1));
        Shape two = new Shape(2).addAll(INPUT);
        NDArray images = BENCH.manager().create(BENCH.stream(2).gaussians(Math.toIntExact(two.size())), two);
        return network.forward(images, Pass.evaluation(BENCH.stream(3)));
    }

    private static float[] values(Activations activations, String tap) {
        return activations.tap(tap).toFloatArray();
    }
}
