package org.obverse.plugins.plg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.inversion.Augmentation;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.GivenParameters;
import org.obverse.testkit.small.Colours;
import org.obverse.testkit.small.ColumnGenerator;
import org.obverse.testkit.small.MeanColour;

class PseudoLabelGanTest {
    private static final Workbench BENCH =
            Workbench.of(PseudoLabelGanTest.class).with(new IdentityLossesPlugin());
    private static final String WEIGHT = "generator.up1.conv1.weight";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_same_seed_trains_the_same_gan() {
        assertArrayEquals(weight(trained(0.2, 5)), weight(trained(0.2, 5)));
    }

    /** A gain changes how sure the target is and not of which images. */
    @Test
    void without_its_margin_the_gan_knows_no_more_of_the_target_than_pseudo_labels() {
        assertArrayEquals(weight(trained(0, 5)), weight(trained(0, 9)));
        assertFalse(Arrays.equals(weight(trained(0.2, 5)), weight(trained(0.2, 9))));
        assertFalse(Arrays.equals(weight(trained(0, 5)), weight(trained(0, -5))));
    }

    @Test
    void every_public_image_and_every_image_of_a_generator_step_is_a_query() {
        StageUnit unit = unit(5);
        new PseudoLabelGan(settings(0.2, 3), BENCH).prepare(unit);
        assertEquals(21 + 3 * 4, unit.queries());

        StageUnit without = unit(5);
        new PseudoLabelGan(settings(0, 3), BENCH).prepare(without);
        assertEquals(21, without.queries());
    }

    @Test
    void what_was_prepared_opens_again_as_a_conditional_generator() {
        Conditional generator = opened(settings(0.2, 3), trained(0.2, 5));
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(24), new Shape(4, 6));

        NDArray images = generator.generate(generator.locate(z, new int[] {0, 1, 2, 0}));

        assertEquals(3, generator.conditions());
        assertEquals(new Shape(4, 3, 16, 16), images.getShape());
        assertArrayEquals(
                images.get("2:3").toFloatArray(),
                generator
                        .generate(generator.locate(z.get("2:3"), new int[] {2}))
                        .toFloatArray(),
                1e-5f);
        assertEquals(
                new Shape(4, 3, 16, 16), generator.generate(generator.locate(z)).getShape());
    }

    /** The choice of public images is part of what is kept. */
    @Test
    void the_artifact_tells_which_images_taught_which_class() {
        Map<String, NDArray> tensors = trained(0.2, 5);

        int[] images =
                Objects.requireNonNull(tensors.get("pseudo-labels.images")).toIntArray();
        int[] classes =
                Objects.requireNonNull(tensors.get("pseudo-labels.classes")).toIntArray();

        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2}, classes);
        for (int i = 0; i < 9; i++) {
            assertEquals(classes[i], images[i] % 3);
        }
    }

    @Test
    void its_images_of_a_class_come_to_be_taken_for_that_class() {
        PseudoLabelGanSettings longer = new PseudoLabelGanSettings(
                3, 6, 4, 0.2, Augmentation.OF_TRAINING, new ConditionalRecipe(100, 2, 6, 0.01, 0, 0.9));
        Conditional generator = opened(
                longer, new PseudoLabelGan(longer, BENCH).prepare(unit(5)).tensors());
        int[] wanted = new int[60];
        Arrays.setAll(wanted, i -> i % 3);
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(360), new Shape(60, 6));

        long[] seen = new MeanColour(BENCH.parameters(1), 5)
                .forward(generator.generate(generator.locate(z, wanted)), Pass.evaluation(BENCH.stream(1)))
                .logits()
                .argMax(1)
                .toLongArray();

        int right = 0;
        for (int i = 0; i < 60; i++) {
            right += seen[i] == wanted[i] ? 1 : 0;
        }
        int found = right;
        assertTrue(found > 50, () -> found + " of 60 are what they should be, by chance 20");
    }

    @Test
    void more_iterations_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(1), arraysAfter(4));
    }

    private static int arraysAfter(int iterations) {
        StageUnit unit = unit(5);
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            new PseudoLabelGan(settings(0.2, iterations), BENCH).prepare(unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void pseudo_labels_that_do_not_fill_a_batch_are_refused() {
        PseudoLabelGanSettings settings = new PseudoLabelGanSettings(
                1, 6, 2, 0, Augmentation.OF_TRAINING, new ConditionalRecipe(1, 1, 4, 0.01, 0, 0.9));

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> new PseudoLabelGan(settings, BENCH).prepare(unit(5)));

        assertEquals("training.batch", refusal.problems().get(0).path());
    }

    private static Map<String, NDArray> trained(double margin, double gain) {
        return new PseudoLabelGan(settings(margin, 3), BENCH)
                .prepare(unit(gain))
                .tensors();
    }

    private static float[] weight(Map<String, NDArray> tensors) {
        return Objects.requireNonNull(tensors.get(WEIGHT)).toFloatArray();
    }

    private static Conditional opened(PseudoLabelGanSettings settings, Map<String, NDArray> tensors) {
        Generator generator = new PseudoLabelGan(settings, BENCH)
                .open(new GivenParameters(tensors), new ColumnGenerator(6, 3))
                .generator();
        return (Conditional) generator;
    }

    private static PseudoLabelGanSettings settings(double margin, int iterations) {
        return new PseudoLabelGanSettings(
                3, 6, 2, margin, Augmentation.OF_TRAINING, new ConditionalRecipe(iterations, 2, 4, 0.005, 0, 0.9));
    }

    private static StageUnit unit(double gain) {
        return StageUnit.of(BENCH, List.of(0))
                .withTarget(new MeanColour(BENCH.parameters(1), gain))
                .withPublicImages(new Colours(21))
                .withBatch(8);
    }
}
