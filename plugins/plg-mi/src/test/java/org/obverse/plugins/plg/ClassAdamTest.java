package org.obverse.plugins.plg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.generator.Conditional;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.Augmentation;
import org.obverse.inversion.ClassPoints;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.ColumnGenerator;
import org.obverse.testkit.small.LinearNet;

class ClassAdamTest {
    private static final Workbench BENCH = Workbench.of(ClassAdamTest.class).with(new IdentityLossesPlugin());
    private static final Augmentation NONE = new Augmentation(RandomCrop.NONE, 0, 0, 0, 0, 0);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_margin_is_how_far_the_class_stands_before_the_best_other_one() {
        assertMargin(new double[] {2, 1, 0}, -1, new double[] {-1, 1, 0});
        assertMargin(new double[] {0, 3, 1}, 3, new double[] {-1, 1, 0});
        assertMargin(new double[] {0, 3, 3}, 3, new double[] {-1, 1, 0});
    }

    private static void assertMargin(double[] logits, double loss, double[] gradient) {
        NDArray variable =
                BENCH.gradients().variable(BENCH.manager().create(logits).reshape(1, 3));
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray found = HingeTraining.margins(variable, BENCH.manager().create(new long[] {0}));
            assertEquals(loss, found.getDouble(0), 1e-12);
            assertArrayEquals(
                    gradient,
                    BENCH.gradients()
                            .of(found.sum(), new NDList(variable))
                            .head()
                            .toDoubleArray(),
                    1e-12);
        }
    }

    /** Adam's first step is the learning rate against the sign of the gradient, here of w_j - w_y by hand. */
    @Test
    void the_first_step_goes_against_the_gradient_of_the_margin() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);
        Candidates start = start(generator, 1, 2);

        Candidates found = search(1, 1, NONE).optimize(start, unit(generator, 8, Long.MAX_VALUE, 2));

        float[] before = z(start);
        float[] after = z(found);
        float[] gradient = new float[6];
        for (int i = 0; i < 6; i++) {
            gradient[i] = loss(generator, before, i, 1e-2f) - loss(generator, before, i, -1e-2f);
        }
        for (int i = 0; i < 6; i++) {
            assertEquals(-0.1 * Math.signum(gradient[i]), after[i] - before[i], 1e-4, "coordinate " + i);
        }
    }

    private static float loss(ColumnGenerator generator, float[] z, int coordinate, float by) {
        float[] moved = z.clone();
        moved[coordinate] += by;
        NDArray points = generator.locate(BENCH.manager().create(moved, new Shape(1, 6)), new int[] {2});
        float[] logits = target().forward(generator.generate(points), Pass.evaluation(BENCH.stream(1)))
                .logits()
                .toFloatArray();
        return Math.max(logits[0], logits[1]) - logits[2];
    }

    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);

        float[] together = z(search(5, 2, Augmentation.OF_SEARCH)
                .optimize(start(generator, 2, 0, 2), unit(generator, 8, Long.MAX_VALUE, 0, 2)));
        float[] apart = z(search(5, 2, Augmentation.OF_SEARCH)
                .optimize(start(generator, 2, 0, 2), unit(generator, 1, Long.MAX_VALUE, 0, 2)));
        float[] alone = z(search(5, 2, Augmentation.OF_SEARCH)
                .optimize(start(generator, 2, 2), unit(generator, 8, Long.MAX_VALUE, 2)));

        assertArrayEquals(together, apart, 1e-5f);
        assertArrayEquals(Arrays.copyOfRange(together, 12, 24), alone, 1e-5f);
    }

    @Test
    void every_view_is_a_query_and_differs_from_the_others() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);
        StageUnit unit = unit(generator, 8, Long.MAX_VALUE, 2);

        Candidates one = search(3, 1, Augmentation.OF_SEARCH).optimize(start(generator, 1, 2), unit);
        assertEquals(3, unit.queries());
        StageUnit twice = unit(generator, 8, Long.MAX_VALUE, 2);
        Candidates two = search(3, 2, Augmentation.OF_SEARCH).optimize(start(generator, 1, 2), twice);
        assertEquals(6, twice.queries());
        assertFalse(Arrays.equals(z(one), z(two)));
    }

    @Test
    void the_target_comes_to_see_the_class() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);

        Candidates found = search(60, 2, Augmentation.OF_SEARCH)
                .optimize(start(generator, 2, 1, 2), unit(generator, 8, Long.MAX_VALUE, 1, 2));

        for (float[] losses : found.curves().get(0).values()) {
            assertTrue(losses[59] < losses[0], () -> "the loss went from " + losses[0] + " to " + losses[59]);
        }
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);
        StageUnit unit = unit(generator, 8, 7, 0, 2);

        assertThrows(BudgetSpentException.class, () -> search(10, 1, NONE).optimize(start(generator, 1, 0, 2), unit));

        assertEquals(6, unit.queries());
        assertArrayEquals(
                z(search(3, 1, NONE).optimize(start(generator, 1, 0, 2), unit(generator, 8, 6, 0, 2))),
                z(unit.foundWhenSpent()));
    }

    @Test
    void what_was_found_opens_again() {
        ColumnGenerator generator = new ColumnGenerator(6, 3);
        ClassPoints found = (ClassPoints) search(2, 1, NONE)
                .optimize(start(generator, 1, 0, 2), unit(generator, 8, Long.MAX_VALUE, 0, 2))
                .representation();

        ClassPoints opened = (ClassPoints) search(1, 1, NONE).open(found.variables(), generator);

        assertEquals("class-adam", opened.form());
        assertArrayEquals(
                found.draw(1, List.of()).toFloatArray(),
                opened.draw(1, List.of()).toFloatArray());
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(20));
    }

    private static int arraysAfter(int steps) {
        ColumnGenerator generator = new ColumnGenerator(6, 3);
        Candidates start = start(generator, 1, 0);
        StageUnit unit = unit(generator, 8, Long.MAX_VALUE, 0);
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(steps, 2, Augmentation.OF_SEARCH).optimize(start, unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void images_are_no_start() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 3, 16, 16))), List.of(0), List.of(0.0), List.of());

        assertThrows(
                InvalidConfigurationException.class,
                () -> search(1, 1, NONE).optimize(images, unit(new ColumnGenerator(6, 3), 8, Long.MAX_VALUE, 0)));
    }

    private static ClassAdam search(int steps, int views, Augmentation augmentation) {
        return new ClassAdam(
                new ClassAdamSettings(steps, 0.1, 0.9, 0.999, Use.of("max-margin"), views, augmentation), BENCH);
    }

    private static Classifier target() {
        return new LinearNet(
                new Shape(3, 16, 16),
                BENCH.parameters(1),
                BENCH.manager().create(BENCH.stream(4).gaussians(768 * 3), new Shape(768, 3)));
    }

    private static StageUnit unit(Conditional generator, int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator)
                .withTarget(target())
                .withBatch(batch)
                .withBudget(budget);
    }

    private static Candidates start(Conditional generator, int candidates, Integer... classes) {
        return new ClassDraws(new ClassDraws.Settings(candidates)).sample(unit(generator, 8, 0, classes));
    }

    private static float[] z(Candidates candidates) {
        return ((ClassPoints) candidates.representation()).z().toFloatArray();
    }
}
