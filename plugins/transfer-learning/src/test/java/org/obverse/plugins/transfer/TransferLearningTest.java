package org.obverse.plugins.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** The defense on the built-in network, whose first values stand for what was learned elsewhere. */
class TransferLearningTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);
    private static final Map<String, float[]> BEFORE =
            tensors(small().build(SmallTraining.INPUT, SmallTraining.CLASSES, BENCH.parameters(1)));

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void what_is_not_named_keeps_its_tensors_and_running_statistics_to_the_byte() {
        Map<String, float[]> after = trained(TransferLearning.DEFAULT);

        BEFORE.forEach((name, tensor) -> {
            if (name.startsWith("layer3.") || name.startsWith("fc.")) {
                assertFalse(Arrays.equals(tensor, after.get(name)), name + " has learned");
            } else {
                assertArrayEquals(tensor, after.get(name), name);
            }
        });
        assertTrue(BEFORE.containsKey("layer2.0.bn1.running_mean"));
    }

    @Test
    void where_everything_learns_from_the_start_it_is_ordinary_fine_tuning_to_the_byte() {
        Map<String, float[]> plain = tensors(TRAINING.train(small(), List.of()));
        Map<String, float[]> all = trained(new TransferLearning(List.of(""), List.of("fc."), 0));

        plain.forEach((name, tensor) -> assertArrayEquals(tensor, all.get(name), name));
    }

    @Test
    void a_head_alone_leaves_all_the_rest_as_it_was() {
        Map<String, float[]> after = trained(new TransferLearning(List.of(), List.of("fc."), 0));
        Set<String> changed = new TreeSet<>();
        BEFORE.forEach((name, tensor) -> {
            if (!Arrays.equals(tensor, after.get(name))) {
                changed.add(name);
            }
        });

        assertEquals(Set.of("fc.weight", "fc.bias"), changed);
    }

    @Test
    void the_head_learns_alone_in_the_first_share_of_the_epochs() {
        LastLayers policy = new LastLayers(TransferLearning.DEFAULT);

        assertFalse(policy.trains("layer3.0.conv1.weight", new Epoch(24, 100)));
        assertTrue(policy.trains("layer3.0.conv1.weight", new Epoch(25, 100)));
        assertTrue(policy.trains("fc.weight", new Epoch(0, 100)));
        assertFalse(policy.trains("layer2.0.conv1.weight", new Epoch(99, 100)));
    }

    @Test
    void the_head_alone_in_the_beginning_gives_another_network() {
        Map<String, float[]> together = trained(new TransferLearning(List.of("layer3."), List.of("fc."), 0));

        assertFalse(Arrays.equals(
                together.get("fc.weight"), trained(TransferLearning.DEFAULT).get("fc.weight")));
    }

    @Test
    void names_that_do_not_exist_are_refused_with_those_that_do() {
        LastLayers policy =
                new LastLayers(new TransferLearning(List.of("layre3.", "layer2."), List.of("classifier."), 0));
        Set<String> weights = Set.of("conv1.weight", "layer2.0.conv1.weight", "fc.weight", "fc.bias");
        List<Problem> problems = policy.check(weights);

        assertEquals(
                List.of("trained", "head"), problems.stream().map(Problem::path).toList());
        assertEquals("names begin with: conv1., fc., layer2.", problems.get(0).wayOut());
        assertEquals(List.of(), new LastLayers(new TransferLearning(List.of(""), List.of("fc."), 0)).check(weights));
    }

    @Test
    void it_is_of_use_only_for_what_has_learned_before() {
        assertTrue(new LastLayers(TransferLearning.DEFAULT).needsPretrained());
    }

    @Test
    void a_head_is_named_and_epochs_are_left() {
        assertEquals(
                List.of("head", "head-epochs"),
                new TransferLearning(List.of(), List.of(), 1)
                        .check().stream().map(Problem::path).toList());
        assertEquals(List.of(), TransferLearning.DEFAULT.check());
    }

    private static Map<String, float[]> trained(TransferLearning settings) {
        List<DefensePart> parts = List.of(new LastLayers(settings));
        return tensors(TRAINING.train(small(), parts));
    }

    private static Map<String, float[]> tensors(Classifier network) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, NDArray> tensor : network.parameters().all().entrySet()) {
            tensors.put(tensor.getKey(), tensor.getValue().toFloatArray());
        }
        return tensors;
    }

    private static ClassifierArchitecture small() {
        return BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"));
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(TransferLearningTest.class);
        for (var component : new ClassifiersPlugin().components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
