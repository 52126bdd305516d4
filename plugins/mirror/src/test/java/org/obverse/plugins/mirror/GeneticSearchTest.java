package org.obverse.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Truncation;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.StyleBox;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Bowl;
import org.obverse.testkit.small.StyledRow;

class GeneticSearchTest {
    private static final Workbench BENCH = Workbench.of(GeneticSearchTest.class);
    private static final int SIZE = 8;
    private static final List<Float> CENTRE = List.of(0.5f, -0.1f, 0.3f, 0.9f, -0.15f, 0.2f, 0.05f, 0.7f);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_hundred_generations_reach_the_centre_of_a_sphere_inside_the_box(long seed) {
        Candidates found = new GeneticSearch(settings(100, 0))
                .optimize(start(300, seed, 0), unit(1, 1000, 0).withSeed(seed));

        double distance = 0;
        float[] best = styles(found);
        for (int j = 0; j < SIZE; j++) {
            distance += Math.pow(best[j] - CENTRE.get(j), 2);
        }
        assertTrue(Math.sqrt(distance) < 0.1, "it is " + Math.sqrt(distance) + " away");
        assertEquals(-distance, found.scores().get(0), 1e-4);
    }

    @Test
    void every_generation_asks_once_about_each_member() {
        StageUnit unit = unit(1, 1000, 0, 1);

        new GeneticSearch(settings(7, 0)).optimize(start(5, 1, 0, 1), unit);

        assertEquals(7 * 5 * 2, unit.queries());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), unit.progressed());
    }

    @Test
    void the_members_of_the_last_generation_come_back_surest_first_and_the_best_never_gets_worse() {
        Candidates found = new GeneticSearch(settings(20, 0)).optimize(start(6, 1, 0), unit(1, 1000, 0));

        List<Double> scores = found.scores();
        IntStream.range(1, 6).forEach(i -> assertTrue(scores.get(i - 1) >= scores.get(i)));
        float[] best = found.curves().get(0).values().get(0);
        IntStream.range(1, 20).forEach(i -> assertTrue(best[i] >= best[i - 1] * (1 - 1e-6)));
        assertTrue(best[19] > best[0]);
    }

    @Test
    void children_stay_in_the_box_and_a_start_outside_of_it_only_as_long_as_it_is_the_surest() {
        List<Float> far = Collections.nCopies(SIZE, 5f);
        GeneticSettings narrow = settings(30, 0, 0.5);

        Candidates found = new GeneticSearch(narrow).optimize(start(20, 1, 0), unit(far, 0.01, 1000, 0));

        float[] styles = styles(found);
        double edge = StyleBox.toW(0.5 * 0.7 * 1.1);
        for (int i = SIZE; i < styles.length; i++) {
            assertTrue(styles[i] <= edge, styles[i] + " is beyond " + edge);
        }
    }

    @Test
    void a_class_stops_once_its_best_is_sure_and_goes_on_without_a_bound() {
        StageUnit stopping = unit(1e-4, 1000, 0, 1);
        StageUnit endless = unit(1e-4, 1000, 0, 1);

        new GeneticSearch(settings(9, 0.95)).optimize(start(5, 1, 0, 1), stopping);
        new GeneticSearch(settings(9, 0)).optimize(start(5, 1, 0, 1), endless);

        assertEquals(5 + 9 * 5, stopping.queries());
        assertEquals(2 * 9 * 5, endless.queries());
    }

    @Test
    void neither_batch_nor_neighbours_change_a_class() {
        float[] together = styles(new GeneticSearch(settings(5, 0)).optimize(start(4, 1, 1, 0), unit(1, 7, 1, 0)));
        float[] alone = styles(new GeneticSearch(settings(5, 0)).optimize(start(4, 1, 0), unit(1, 1, 0)));

        assertArrayEquals(alone, Arrays.copyOfRange(together, 4 * SIZE, 8 * SIZE), 1e-6f);
    }

    @Test
    void a_spent_budget_leaves_the_last_generation_that_was_scored() {
        StageUnit unit = unit(1, 4, 0).withBudget(17);

        assertThrows(
                BudgetSpentException.class, () -> new GeneticSearch(settings(50, 0)).optimize(start(5, 1, 0), unit));

        Candidates three = new GeneticSearch(settings(3, 0)).optimize(start(5, 1, 0), unit(1, 4, 0));
        assertArrayEquals(styles(three), styles(unit.foundWhenSpent()));
        assertEquals(three.scores(), unit.foundWhenSpent().scores());
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(1, 4, 0).withBudget(0);

        assertThrows(
                BudgetSpentException.class, () -> new GeneticSearch(settings(50, 0)).optimize(start(5, 1, 0), unit));

        assertArrayEquals(styles(start(5, 1, 0)), styles(unit.foundWhenSpent()), 1e-6f);
    }

    @Test
    void a_population_of_one_and_images_are_refused() {
        assertThrows(
                InvalidConfigurationException.class,
                () -> new GeneticSearch(settings(3, 0)).optimize(start(1, 1, 0), unit(1, 4, 0)));
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(2, 1, 1, SIZE))),
                List.of(0, 0),
                List.of(0.0, 0.0),
                List.of());
        assertThrows(
                InvalidConfigurationException.class,
                () -> new GeneticSearch(settings(3, 0)).optimize(images, unit(1, 4, 0)));
    }

    private static GeneticSettings settings(int generations, double stopAt) {
        return settings(generations, stopAt, 1);
    }

    private static GeneticSettings settings(int generations, double stopAt, double deviations) {
        StyleBox.Settings box = new StyleBox.Settings(deviations, 2000, 0.7);
        return new GeneticSettings(generations, Crossover.LIKELIHOOD, 0.1, 0.1, stopAt, box, 0, 0);
    }

    private static StageUnit unit(double steepness, int batch, Integer... classes) {
        return unit(CENTRE, steepness, batch, classes);
    }

    private static StageUnit unit(List<Float> centre, double steepness, int batch, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator())
                .withTarget(new Bowl(BENCH.parameters(1), centre, steepness))
                .withBatch(batch);
    }

    private static StyledRow generator() {
        return new StyledRow(SIZE, BENCH.operators());
    }

    /** Draws from the prior, as a pool gives them; those of a class are the same whatever the others. */
    private static Candidates start(int perClass, long seed, Integer... classes) {
        List<Integer> each = Arrays.stream(classes)
                .flatMap(wanted -> Collections.nCopies(perClass, wanted).stream())
                .toList();
        float[] z = new float[each.size() * SIZE];
        for (int i = 0; i < each.size(); i++) {
            float[] draw = BENCH.stream(seed)
                    .child("class", each.get(i))
                    .child("draw", i % perClass)
                    .gaussians(SIZE);
            System.arraycopy(draw, 0, z, i * SIZE, SIZE);
        }
        NDArray points =
                generator().map(BENCH.manager().create(z, new Shape(each.size(), SIZE)), new Truncation(0.7, 3));
        return new Candidates(
                new LatentPoints(generator(), points), each, Collections.nCopies(each.size(), Double.NaN), List.of());
    }

    private static float[] styles(Candidates found) {
        return ((LatentPoints) found.representation()).points().get(":,0").toFloatArray();
    }
}
