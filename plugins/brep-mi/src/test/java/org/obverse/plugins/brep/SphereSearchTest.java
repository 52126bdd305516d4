package org.obverse.plugins.brep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.PriorPoints;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Halves;
import org.obverse.testkit.small.RowGenerator;

class SphereSearchTest {
    private static final Workbench BENCH = Workbench.of(SphereSearchTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_candidate_moves_away_from_the_border_as_far_as_the_range_lets_it() {
        Candidates found = new SphereSearch(settings(300, Integer.MAX_VALUE))
                .optimize(start(0, 0.1f, 0.2f), unit(64, Long.MAX_VALUE, 0));

        assertTrue(points(found)[0] > 1.4, () -> "it is " + points(found)[0] + " from the border");
    }

    @Test
    void every_query_is_counted_one_per_start_point_of_a_sphere_and_step() {
        StageUnit unit = unit(64, Long.MAX_VALUE, 0);

        new SphereSearch(settings(5, 100)).optimize(start(0, 0, 0, 0, 0.01f, 0.3f), unit);

        assertEquals(2 + 5 * 2 * (32 + 1), unit.queries());
    }

    @Test
    void a_sphere_inside_the_class_costs_no_step() {
        StageUnit unit = StageUnit.of(BENCH, List.of(0), new RowGenerator(2))
                .withTarget(new Halves(BENCH.parameters(1), -50))
                .withBatch(64)
                .withBudget(Long.MAX_VALUE);

        Candidates found = new SphereSearch(settings(3, 100)).optimize(start(0, 0, 0), unit);

        assertEquals(1 + 3 * 32, unit.queries());
        assertArrayEquals(new float[] {0, 0}, points(found));
        assertEquals(2 * 1.3 * 1.3, found.scores().get(0), 1e-12);
    }

    @Test
    void a_candidate_that_is_not_of_its_class_stays_with_the_score_minus_1() {
        StageUnit unit = unit(64, Long.MAX_VALUE, 0);

        Candidates found = new SphereSearch(settings(5, 100)).optimize(start(0, -0.5f, 0.5f), unit);

        assertArrayEquals(new float[] {-0.5f, 0.5f}, points(found));
        assertEquals(List.of(-1.0), found.scores());
        assertEquals(1, unit.queries());
    }

    @Test
    void the_batch_changes_no_draw() {
        Candidates start = start(0, 0.1f, 0.2f, 0.7f, -1, 0.3f, 0.9f);

        Candidates large = new SphereSearch(settings(20, 100)).optimize(start, unit(500, Long.MAX_VALUE, 0));
        Candidates small = new SphereSearch(settings(20, 100)).optimize(start, unit(7, Long.MAX_VALUE, 0));
        Candidates alone = new SphereSearch(settings(20, 100)).optimize(start.rows(0), unit(7, Long.MAX_VALUE, 0));

        assertArrayEquals(points(large), points(small));
        assertArrayEquals(Arrays.copyOf(points(large), 2), points(alone));
        assertArrayEquals(
                large.curves().get(0).values().get(1),
                small.curves().get(0).values().get(1));
    }

    @Test
    void a_mapped_generator_is_searched_in_z_too() {
        Candidates plain =
                new SphereSearch(settings(20, 100)).optimize(start(0, 0.1f, 0.2f), unit(64, Long.MAX_VALUE, 0));
        Candidates styled = new SphereSearch(settings(20, 100))
                .optimize(start(new StyledPlane(), 0, 0.1f, 0.2f), unit(64, Long.MAX_VALUE, 0));

        assertArrayEquals(points(plain), points(styled), 1e-6f);
    }

    @Test
    void a_spent_budget_leaves_the_last_whole_iteration_and_not_one_query_more() {
        Candidates start = start(0, 0.1f, 0.2f);
        StageUnit unit = unit(64, 1 + 3 * 33 + 32, 0);

        assertThrows(BudgetSpentException.class, () -> new SphereSearch(settings(100, 100)).optimize(start, unit));

        assertEquals(1 + 3 * 33 + 32, unit.queries());
        Candidates three = new SphereSearch(settings(3, 100)).optimize(start, unit(64, Long.MAX_VALUE, 0));
        assertArrayEquals(points(three), points(unit.foundWhenSpent()));
        assertEquals(3, unit.foundWhenSpent().curves().get(0).values().get(0).length);
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(64, 0, 0);

        assertThrows(
                BudgetSpentException.class,
                () -> new SphereSearch(settings(100, 100)).optimize(start(0, 0.1f, 0.2f), unit));

        assertArrayEquals(new float[] {0.1f, 0.2f}, points(unit.foundWhenSpent()));
    }

    @Test
    void points_of_a_plain_generator_are_a_start_and_styles_are_not() {
        NDArray z = BENCH.manager().create(new float[] {0.1f, 0.2f}, new Shape(1, 2));
        Candidates plain =
                new Candidates(new LatentPoints(new RowGenerator(2), z), List.of(0), List.of(Double.NaN), List.of());
        Candidates styles = new Candidates(
                new LatentPoints(new StyledPlane(), new StyledPlane().locate(z)),
                List.of(0),
                List.of(Double.NaN),
                List.of());
        SphereSearch search = new SphereSearch(settings(3, 100));

        assertArrayEquals(
                points(search.optimize(start(0, 0.1f, 0.2f), unit(64, Long.MAX_VALUE, 0))),
                points(search.optimize(plain, unit(64, Long.MAX_VALUE, 0))));
        assertThrows(InvalidConfigurationException.class, () -> search.optimize(styles, unit(64, Long.MAX_VALUE, 0)));
    }

    @Test
    void more_iterations_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(2), arraysAfter(40));
    }

    private static int arraysAfter(int iterations) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            new SphereSearch(settings(iterations, 100)).optimize(start(0, 0.1f, 0.2f), unit(64, Long.MAX_VALUE, 0));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void what_was_stored_opens_again() {
        Candidates found = new SphereSearch(settings(3, 100)).optimize(start(0, 0.1f, 0.2f), unit(64, 1000, 0));
        NDList stored = found.representation().variables();

        PriorPoints opened = (PriorPoints) new SphereSearch(settings(3, 100)).open(stored, new RowGenerator(2));

        assertEquals("sphere-search", opened.form());
        assertArrayEquals(points(found), opened.z().toFloatArray());
        assertArrayEquals(points(found), opened.draw(1, List.of()).toFloatArray());
    }

    private static SphereSettings settings(int iterations, int perRadius) {
        return new SphereSettings(
                2,
                32,
                Estimate.REPULSION,
                0.75,
                1.3,
                1.0 / 3,
                3,
                1.5,
                perRadius,
                Patience.ALL,
                iterations,
                Outcome.FINAL);
    }

    private static Candidates start(int wanted, float... coordinates) {
        return start(new RowGenerator(2), wanted, coordinates);
    }

    private static Candidates start(Generator generator, int wanted, float... coordinates) {
        int count = coordinates.length / 2;
        NDArray z = BENCH.manager().create(coordinates, new Shape(count, 2));
        return new Candidates(
                new PriorPoints(generator, z, LabelRejection.NAME),
                Collections.nCopies(count, wanted),
                Collections.nCopies(count, 1.0),
                List.of());
    }

    private static StageUnit unit(int batch, long budget, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), new RowGenerator(2))
                .withTarget(new Halves(BENCH.parameters(1), 0))
                .withBatch(batch)
                .withBudget(budget);
    }

    private static float[] points(Candidates candidates) {
        return ((PriorPoints) candidates.representation()).z().toFloatArray();
    }
}
