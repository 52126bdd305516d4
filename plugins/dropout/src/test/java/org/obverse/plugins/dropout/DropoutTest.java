package org.obverse.plugins.dropout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** The defense on the built-in network. */
class DropoutTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_network_answers_after_training_as_the_plain_one_of_its_weights() {
        Classifier plain = build(small());
        Classifier dropping = build(transform(0.5).transform(small()));

        assertArrayEquals(
                logits(plain, Pass.evaluation(BENCH.stream(3))), logits(dropping, Pass.evaluation(BENCH.stream(3))));
        assertFalse(Arrays.equals(
                logits(plain, Pass.training(BENCH.stream(3))), logits(dropping, Pass.training(BENCH.stream(3)))));
    }

    @Test
    void training_with_dropout_gives_other_weights_than_without() {
        float[][] plain = SmallTraining.weights(TRAINING.train(small(), List.of()));

        assertFalse(Arrays.deepEquals(plain, SmallTraining.weights(TRAINING.train(small(), List.of(transform(0.5))))));
    }

    @Test
    void a_rate_of_0_leaves_the_architecture_itself() {
        ClassifierArchitecture plain = small();

        assertSame(plain, transform(0).transform(plain));
    }

    @Test
    void a_classifier_that_nothing_can_be_put_into_is_refused() {
        ClassifierArchitecture closed = (input, classes, parameters) -> build(small());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> transform(0.5).transform(closed));
        assertEquals("dropout", refusal.problems().get(0).path());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void a_rate_that_leaves_nothing_or_is_none_is_refused(double rate) {
        assertEquals(List.of("rate"), wrongKeys(new Dropout(List.of("stage1"), rate, Dropped.ELEMENT)));
    }

    @Test
    void activations_are_named_once_each_and_at_least_one() {
        assertEquals(List.of("after"), wrongKeys(new Dropout(List.of(), 0.5, Dropped.ELEMENT)));
        assertEquals(List.of("after"), wrongKeys(new Dropout(List.of("a", "a"), 0.5, Dropped.ELEMENT)));
        assertEquals(List.of(), wrongKeys(new Dropout(List.of("a", "b"), 0, Dropped.ELEMENT)));
    }

    private static DropoutTransform transform(double rate) {
        return new DropoutTransform(new Dropout(List.of("stage1", "penultimate"), rate, Dropped.CHANNEL));
    }

    private static ClassifierArchitecture small() {
        return BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"));
    }

    private static Classifier build(ClassifierArchitecture architecture) {
        return architecture.build(SmallTraining.INPUT, SmallTraining.CLASSES, BENCH.parameters(1));
    }

    private static float[] logits(Classifier network, Pass pass) {
        NDArray all = TRAINING.all();
        return network.forward(all, pass).logits().toFloatArray();
    }

    private static List<String> wrongKeys(Dropout configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(DropoutTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
