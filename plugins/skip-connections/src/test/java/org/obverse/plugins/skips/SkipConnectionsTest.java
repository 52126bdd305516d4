package org.obverse.plugins.skips;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.Epoch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Residual;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.network.Tapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Gradients;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** The defense on the built-in networks. */
@SuppressWarnings("try")
class SkipConnectionsTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_factor_of_1_trains_and_answers_byte_for_byte_as_the_plain_network() {
        Classifier plain = TRAINING.train(small(), List.of());
        Classifier scaled = TRAINING.train(small(), List.of(with("", 1, 0, Projection.REMOVED)));

        assertArrayEquals(SmallTraining.weights(plain), SmallTraining.weights(scaled));
        assertArrayEquals(logits(plain), logits(scaled));
    }

    @Test
    void with_a_factor_above_0_tensors_are_called_as_in_the_plain_network() {
        assertEquals(
                names(build(small())),
                names(build(with("", 0.1, 0, Projection.REMOVED).transform(small()))));
    }

    @Test
    void without_shortcuts_the_last_stage_has_no_tensors_of_a_projection() {
        List<String> without = names(build(with("", 0, 0, Projection.REMOVED).transform(small())));
        List<String> left = new ArrayList<>(names(build(small())));
        left.removeIf(name -> name.startsWith("layer3.0.downsample."));

        assertEquals(left, without);
        assertFalse(left.equals(names(build(small()))));
    }

    @Test
    void the_first_half_of_a_training_in_two_phases_is_that_of_the_plain_network_and_the_second_is_not() {
        List<Double> factors = new ArrayList<>();
        ShortcutScale twoPhases = new SkipConnections("", 0, 0.5, Projection.REMOVED).scale();
        ClassifierArchitecture watched = ((Residual) small()).scaled("stage3", Residual.Shortcuts.ALL, progress -> {
            double factor = twoPhases.factor(progress);
            if (factors.isEmpty() || factors.get(factors.size() - 1) != factor) {
                factors.add(factor);
            }
            return factor;
        });
        TRAINING.train(watched, List.of());

        assertEquals(List.of(1.0, 0.0), factors);
        assertEquals(1, twoPhases.factor(new Epoch(49, 100).progress()));
        assertEquals(0, twoPhases.factor(new Epoch(50, 100).progress()));
    }

    @Test
    void after_a_training_in_two_phases_the_network_answers_without_shortcuts() {
        Classifier twoPhases = TRAINING.train(small(), List.of(with("", 0, 0.5, Projection.REMOVED)));
        Classifier without = build(((Residual) small()).scaled("stage3", Residual.Shortcuts.ALL, progress -> 0));
        twoPhases.parameters().all().forEach((name, tensor) -> tensor.copyTo(tensor(without, name)));

        assertArrayEquals(logits(without), logits(twoPhases));
    }

    @Test
    void weights_trained_with_half_of_the_shortcuts_differ_from_those_with_all() {
        float[][] plain = SmallTraining.weights(TRAINING.train(small(), List.of()));

        assertFalse(Arrays.deepEquals(
                plain, SmallTraining.weights(TRAINING.train(small(), List.of(with("", 0.5, 0, Projection.REMOVED))))));
    }

    @Test
    void a_shortcut_that_changes_channels_is_kept_if_asked() {
        ClassifierArchitecture resnet = published("resnet18");
        Set<String> kept =
                Set.copyOf(names(build(with("", 0, 0, Projection.KEPT).transform(resnet), 32)));
        Set<String> removed =
                Set.copyOf(names(build(with("", 0, 0, Projection.REMOVED).transform(resnet), 32)));

        assertEquals(Set.copyOf(names(build(resnet, 32))), kept);
        assertTrue(kept.contains("layer4.0.downsample.0.weight"));
        assertFalse(removed.contains("layer4.0.downsample.0.weight"));
    }

    /** He et al. 2016 begin with such a block; without its shortcut nothing behind it would learn. */
    @Test
    void a_block_whose_last_factors_are_0_passes_a_gradient_through_its_shortcut_alone() {
        assertEquals(0, slope(with("", 0, 0, Projection.REMOVED).transform(small())));
        assertTrue(slope(with("", 0.1, 0, Projection.REMOVED).transform(small())) > 0);
    }

    @Test
    void a_shortcut_of_half_gives_the_mean_of_all_and_none() {
        double all = maps(1);
        double none = maps(0);

        assertEquals((all + none) / 2, maps(0.5), 1e-4 * Math.abs(all));
        assertTrue(Math.abs(all - none) > 1e-2 * Math.abs(all), all + " and " + none);
    }

    @Test
    void what_is_left_can_be_given_another_head_and_further_changes() {
        ClassifierArchitecture scaled =
                with("stage1", 0.5, 0, Projection.REMOVED).transform(small());

        assertTrue(scaled instanceof Headed && scaled instanceof Tapped && scaled instanceof Residual);
        assertTrue(with("stage2", 0.5, 0, Projection.REMOVED).transform(scaled) instanceof Residual);
    }

    /** Koh et al. 2024 leave the concatenations of the last dense block out. */
    @Test
    void a_densenet_loses_the_concatenations_of_its_last_block_and_nothing_is_said_of_scaling_them() {
        Classifier plain = build(published("densenet121"), 32);
        Classifier without = build(with("", 0, 0, Projection.REMOVED).transform(published("densenet121")), 32);

        assertEquals(names(plain), names(without));
        assertEquals(
                new Shape(128, 32, 1, 1),
                tensor(without, "features.denseblock4.denselayer2.conv1.weight").getShape());
        assertThrows(
                InvalidConfigurationException.class,
                () -> with("", 0.5, 0, Projection.REMOVED).transform(published("densenet121")));
        assertThrows(
                InvalidConfigurationException.class,
                () -> with("", 0, 0.5, Projection.REMOVED).transform(published("densenet121")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16-bn", "small-inception"})
    void a_classifier_without_shortcuts_is_refused_with_the_way_out(String name) {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> with("", 0, 0, Projection.REMOVED).transform(published(name)));

        Problem problem = refusal.problems().get(0);
        assertEquals("skip-connections", problem.path());
        assertTrue(problem.wayOut().contains("small-resnet"), problem.wayOut());
    }

    @Test
    void a_stage_that_does_not_exist_is_refused_with_those_that_do() {
        assertEquals("name one of: stage1, stage2, stage3", wayOut(with("stage4", 0, 0, Projection.REMOVED)));
    }

    @Test
    void a_stage_is_refused_whose_only_shortcut_would_be_kept() {
        assertEquals(
                "scale all shortcuts of the stage, or those of another one",
                wayOut(with("stage3", 0, 0, Projection.KEPT)));
    }

    @Test
    void a_stage_that_is_scaled_twice_is_refused() {
        SkipConnectionsTransform half = with("stage3", 0.5, 0, Projection.REMOVED);

        assertThrows(InvalidConfigurationException.class, () -> half.transform(half.transform(small())));
    }

    @Test
    void no_factor_and_no_time_means_no_shortcuts_at_all() {
        assertSame(ShortcutScale.NONE, SkipConnections.DEFAULT.scale());
    }

    @Test
    void what_is_no_share_is_refused() {
        assertEquals(
                List.of("factor", "until"),
                new SkipConnections("", 1.1, 1, Projection.REMOVED)
                        .check().stream().map(Problem::path).toList());
        assertEquals(List.of(), SkipConnections.DEFAULT.check());
    }

    /** The largest slope of the features with respect to a pixel, where the last factors of the last stage are 0. */
    private static double slope(ClassifierArchitecture architecture) {
        Classifier network = build(architecture);
        NDArray gamma = tensor(network, "layer3.0.bn2.weight");
        gamma.muli(0);
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray images = BENCH.gradients().variable(TRAINING.all());
            NDArray features = network.forward(images, Pass.evaluation(BENCH.stream(3)))
                    .tap("penultimate")
                    .sum();
            return BENCH.gradients()
                    .of(features, new NDList(images))
                    .head()
                    .abs()
                    .max()
                    .getFloat();
        }
    }

    /** The sum of the last stage's maps where its ReLU cuts nothing off. */
    private static double maps(double factor) {
        Classifier network = build(((Residual) small()).scaled("stage3", Residual.Shortcuts.ALL, progress -> factor));
        tensor(network, "layer3.0.bn2.bias").addi(1000);
        return network.forward(TRAINING.all(), Pass.evaluation(BENCH.stream(3)))
                .tap("stage3")
                .sub(1000)
                .toType(DataType.FLOAT64, false)
                .sum()
                .getDouble();
    }

    private static String wayOut(SkipConnectionsTransform transform) {
        return assertThrows(InvalidConfigurationException.class, () -> transform.transform(small()))
                .problems()
                .get(0)
                .wayOut();
    }

    private static SkipConnectionsTransform with(String stage, double factor, double until, Projection projection) {
        return new SkipConnectionsTransform(new SkipConnections(stage, factor, until, projection));
    }

    private static ClassifierArchitecture small() {
        return published("small-resnet");
    }

    private static ClassifierArchitecture published(String name) {
        return BENCH.create(Kind.CLASSIFIER, Use.of(name));
    }

    private static Classifier build(ClassifierArchitecture architecture) {
        return build(architecture, 16);
    }

    private static Classifier build(ClassifierArchitecture architecture, int pixels) {
        return architecture.build(new Shape(3, pixels, pixels), SmallTraining.CLASSES, BENCH.parameters(1));
    }

    private static NDArray tensor(Classifier network, String name) {
        return Objects.requireNonNull(network.parameters().all().get(name), name);
    }

    private static List<String> names(Classifier network) {
        return List.copyOf(network.parameters().all().keySet());
    }

    private static float[] logits(Classifier network) {
        return network.forward(TRAINING.all(), Pass.evaluation(BENCH.stream(3)))
                .logits()
                .toFloatArray();
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(SkipConnectionsTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
