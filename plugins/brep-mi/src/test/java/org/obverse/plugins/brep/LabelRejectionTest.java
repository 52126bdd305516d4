package org.obverse.plugins.brep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.generator.Generator;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.PriorPoints;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Halves;
import org.obverse.testkit.small.RowGenerator;

class LabelRejectionTest {
    private static final Workbench BENCH = Workbench.of(LabelRejectionTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void each_class_keeps_the_first_draws_that_the_target_takes_for_it() {
        Candidates found = sample(unit(new RowGenerator(2), 4, Long.MAX_VALUE, 1, 0), 3, 100);

        assertEquals(List.of(1, 1, 1, 0, 0, 0), found.classes());
        assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), found.scores());
        float[] points = points(found);
        int left = 0;
        int right = 0;
        for (int draw = 0; left < 3 || right < 3; draw++) {
            float[] z = draw(draw);
            boolean isLeft = z[0] < 0;
            int row = isLeft ? left++ : 3 + right++;
            if (row < (isLeft ? 3 : 6)) {
                assertArrayEquals(z, new float[] {points[row * 2], points[row * 2 + 1]});
            }
        }
    }

    @Test
    void the_batch_changes_neither_draws_nor_choice() {
        assertArrayEquals(
                points(sample(unit(new RowGenerator(2), 64, Long.MAX_VALUE, 0, 1), 4, 100)),
                points(sample(unit(new RowGenerator(2), 3, Long.MAX_VALUE, 0, 1), 4, 100)));
    }

    @Test
    void a_mapped_generator_is_searched_in_z_as_well() {
        assertArrayEquals(
                points(sample(unit(new RowGenerator(2), 5, Long.MAX_VALUE, 0, 1), 2, 100)),
                points(sample(unit(new StyledPlane(), 5, Long.MAX_VALUE, 0, 1), 2, 100)));
    }

    @Test
    void classes_in_another_order_have_the_same_starts_even_those_that_are_never_hit() {
        Candidates found = sample(unit(new RowGenerator(2), 4, Long.MAX_VALUE, 0, 2), 2, 10);
        Candidates reordered = sample(unit(new RowGenerator(2), 4, Long.MAX_VALUE, 2, 0), 2, 10);

        for (int wanted : List.of(0, 2)) {
            assertArrayEquals(points(found.rows(found.of(wanted))), points(reordered.rows(reordered.of(wanted))));
        }
    }

    @Test
    void a_class_that_is_never_hit_keeps_draws_with_the_score_minus_1() {
        StageUnit unit = unit(new RowGenerator(2), 4, Long.MAX_VALUE, 2, 0);
        Candidates found = sample(unit, 2, 10);

        assertEquals(List.of(2, 2, 0, 0), found.classes());
        assertEquals(List.of(-1.0, -1.0, 1.0, 1.0), found.scores());
        assertEquals(20, unit.queries(), "ten draws per class");
    }

    @Test
    void no_more_is_asked_once_every_class_has_its_starts() {
        StageUnit unit = unit(new RowGenerator(2), 1, Long.MAX_VALUE, 0, 1);

        sample(unit, 1, 1000);

        int needed = 1;
        while (Math.signum(draw(needed)[0]) == Math.signum(draw(0)[0])) {
            needed++;
        }
        assertEquals(needed + 1, unit.queries());
    }

    @Test
    void a_spent_budget_leaves_what_was_found_and_not_one_query_more() {
        StageUnit unit = unit(new RowGenerator(2), 3, 7, 2, 0);

        assertThrows(BudgetSpentException.class, () -> sample(unit, 3, 100));

        assertEquals(6, unit.queries());
        assertEquals(List.of(2, 2, 2, 0, 0, 0), unit.foundWhenSpent().classes());
        assertTrue(unit.foundWhenSpent().scores().contains(1.0));
        assertEquals(12, points(unit.foundWhenSpent()).length);
    }

    @Test
    void without_any_budget_there_is_a_result_all_the_same() {
        StageUnit unit = unit(new RowGenerator(2), 3, 0, 0);

        assertThrows(BudgetSpentException.class, () -> sample(unit, 2, 100));

        assertEquals(0, unit.queries());
        assertEquals(List.of(-1.0, -1.0), unit.foundWhenSpent().scores());
    }

    @Test
    void every_coordinate_is_within_the_range() {
        Candidates found = new LabelRejection(new RejectionSettings(20, 100, 0.5))
                .sample(unit(new RowGenerator(2), 10, Long.MAX_VALUE, 0, 1));

        for (float coordinate : points(found)) {
            assertTrue(Math.abs(coordinate) <= 0.5);
        }
    }

    private static Candidates sample(StageUnit unit, int candidates, int draws) {
        return new LabelRejection(new RejectionSettings(candidates, draws, 1.5)).sample(unit);
    }

    private static StageUnit unit(Generator generator, int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator)
                .withTarget(new Halves(BENCH.parameters(1), 0))
                .withBatch(batch)
                .withBudget(budget);
    }

    private static float[] draw(int number) {
        return Decisions.clamped(BENCH.stream(11).child("draw", number).gaussians(2), 1.5);
    }

    private static float[] points(Candidates candidates) {
        NDArray z = ((PriorPoints) candidates.representation()).z();
        return z.toFloatArray();
    }
}
