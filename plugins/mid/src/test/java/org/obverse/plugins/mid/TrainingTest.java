package org.obverse.plugins.mid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Use;
import org.obverse.engine.training.Composition;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** What the defense does to a training of the built-in network, whose last batches have one sample. */
class TrainingTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_weight_lowers_what_passes_the_bottleneck() {
        double free = divergence(train(0));
        double cheap = divergence(train(0.001));
        double dear = divergence(train(0.1));

        assertTrue(cheap < free && dear < 0.5 * free, free + " > " + cheap + " > " + dear);
    }

    @Test
    void with_a_weight_of_0_training_has_the_bytes_of_one_without_the_loss_term() {
        List<DefensePart> parts = parts(0);
        List<DefensePart> transform =
                parts.stream().filter(ModelTransform.class::isInstance).toList();
        assertEquals(1, transform.size());
        float[][] without = SmallTraining.weights(train(transform));

        assertArrayEquals(without, SmallTraining.weights(train(0)));
        assertFalse(Arrays.deepEquals(without, SmallTraining.weights(train(0.001))));
    }

    @Test
    void the_changed_network_has_the_bottleneck_instead_of_its_own_head() {
        Set<String> names = train(0).parameters().all().keySet();

        assertTrue(
                names.containsAll(List.of(
                        "bottleneck.statistics.weight",
                        "bottleneck.statistics.bias",
                        "bottleneck.logits.weight",
                        "bottleneck.logits.bias")),
                names::toString);
        assertFalse(names.contains("fc.weight"), names::toString);
    }

    @Test
    void a_network_without_a_head_to_replace_is_refused() {
        Composition twice = new Composition(
                Stream.concat(parts(0).stream(), parts(0).stream()).toList(), 0);

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> twice.transform(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"))));
        assertEquals(1, refusal.problems().size());
    }

    private static List<DefensePart> parts(double weight) {
        return new Mid(weight, 8, InferenceNoise.SAMPLE)
                .defense(BENCH.operators())
                .parts();
    }

    /** Of all images, in nats per image. */
    private static double divergence(Classifier network) {
        NDArray all = TRAINING.all();
        Activations activations = network.forward(all, Pass.evaluation(BENCH.stream(9)));
        return new BottleneckDivergence(1)
                .loss(all, activations, activations.logits(), activations.logits())
                .mean()
                .getFloat();
    }

    private static Classifier train(double weight) {
        return train(parts(weight));
    }

    private static Classifier train(List<DefensePart> parts) {
        return TRAINING.train(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet")), parts);
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(TrainingTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
