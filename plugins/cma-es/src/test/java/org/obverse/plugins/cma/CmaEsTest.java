package org.obverse.plugins.cma;

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
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.PriorPoints;
import org.obverse.inversion.StyleBox;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Bowl;
import org.obverse.testkit.small.RowGenerator;
import org.obverse.testkit.small.StyledRow;

class CmaEsTest {
    private static final Workbench BENCH = Workbench.of(CmaEsTest.class);
    private static final List<Float> CENTRE = List.of(0.5f, -0.1f, 0.3f, 0.9f, -0.15f, 0.2f, 0.05f, 0.7f);
    private static final int SIZE = CENTRE.size();
    private static final int POINTS = 10;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_hundred_generations_reach_the_centre_of_a_sphere_inside_the_box(long seed) {
        Candidates found = search(100, 1)
                .optimize(styles(1, 0), unit(styled(), CENTRE, 1000, 0).withSeed(seed));

        float[] point = values(found);
        for (int j = 0; j < SIZE; j++) {
            assertEquals(CENTRE.get(j), point[j], 0.01, "coordinate " + j);
        }
        assertEquals(0, found.scores().get(0), 1e-3);
    }

    @Test
    void points_of_the_prior_are_searched_as_z_and_stay_within_the_reach() {
        List<Float> far = Collections.nCopies(SIZE, 2f);
        Candidates found =
                search(60, 1).optimize(prior(new RowGenerator(SIZE)), unit(new RowGenerator(SIZE), far, 1000, 0));

        float[] z = ((PriorPoints) found.representation()).z().toFloatArray();
        for (float coordinate : z) {
            assertEquals(1, coordinate, 0.02);
        }
        assertEquals("cma-es", found.representation().form());
    }

    @Test
    void a_candidate_asks_about_its_start_and_about_every_point() {
        StageUnit unit = unit(styled(), CENTRE, 1000, 0, 1);

        search(7, 1).optimize(styles(2, 0, 1), unit);

        assertEquals(4 * (1 + 7 * POINTS), unit.queries());
        assertEquals(7, unit.progressed().size());
    }

    @Test
    void the_surest_point_that_was_seen_is_the_result_be_it_the_start() {
        Candidates perfect = new Candidates(
                new LatentPoints(styled(), array(1, floats(CENTRE)).expandDims(1)),
                List.of(0),
                List.of(0.0),
                List.of());

        Candidates found = search(1, 1).optimize(perfect, unit(styled(), CENTRE, 1000, 0));

        assertArrayEquals(floats(CENTRE), values(found));
        float[] curve = search(30, 1)
                .optimize(styles(1, 0), unit(styled(), CENTRE, 1000, 0))
                .curves()
                .get(0)
                .values()
                .get(0);
        IntStream.range(1, 30).forEach(i -> assertTrue(curve[i] >= curve[i - 1]));
    }

    @Test
    void no_point_that_is_asked_about_lies_beyond_the_box() {
        List<Float> far = Collections.nCopies(SIZE, 4f);
        Candidates found = search(60, 0.5).optimize(styles(1, 0), unit(styled(), far, 1000, 0));

        double edge = StyleBox.toW(0.5 * 0.7 * 1.1);
        for (float w : values(found)) {
            assertTrue(w <= edge && w > 0.7 * edge, w + " is not at the edge " + edge);
        }
    }

    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        float[] together = values(search(5, 1).optimize(styles(2, 1, 0), unit(styled(), CENTRE, 7, 1, 0)));
        float[] alone = values(search(5, 1).optimize(styles(2, 0), unit(styled(), CENTRE, 1, 0)));

        assertArrayEquals(alone, Arrays.copyOfRange(together, 2 * SIZE, 4 * SIZE), 1e-6f);
    }

    @Test
    void a_spent_budget_leaves_the_last_whole_generation() {
        StageUnit unit = unit(styled(), CENTRE, 4, 0).withBudget(1 + 3 * POINTS + 5);

        assertThrows(BudgetSpentException.class, () -> search(50, 1).optimize(styles(1, 0), unit));

        assertArrayEquals(
                values(search(3, 1).optimize(styles(1, 0), unit(styled(), CENTRE, 4, 0))),
                values(unit.foundWhenSpent()));
    }

    @Test
    void images_are_no_start_and_scores_are_all_that_is_asked_for() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 1, 1, SIZE))), List.of(0), List.of(0.0), List.of());

        assertThrows(
                InvalidConfigurationException.class,
                () -> search(1, 1).optimize(images, unit(styled(), CENTRE, 10, 0)));
        assertEquals(
                Access.SCORES,
                CmaPlugin.SEARCH.requirements().apply(EvolutionSettings.DEFAULT).access());
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), EvolutionSettings.DEFAULT.check());
        assertEquals(List.of(), CmaSettings.DEFAULT.check());
        assertEquals(
                List.of("generations", "points", "sigma", "box.deviations", "resize"),
                paths(new EvolutionSettings(0, 3, 0, new StyleBox.Settings(-1, 10, 1), 0, -1).check()));
        assertEquals(
                List.of("candidates", "pool", "truncation-psi", "truncation-cutoff", "deviations", "resize"),
                paths(new CmaSettings(0, -1, 0, -1, -1, 0, -1).check()));
    }

    private static List<String> paths(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }

    private static CmaEs search(int generations, double deviations) {
        return new CmaEs(
                new EvolutionSettings(generations, POINTS, 0.5, new StyleBox.Settings(deviations, 2000, 0.7), 0, 0),
                BENCH);
    }

    private static StyledRow styled() {
        return new StyledRow(SIZE, BENCH.operators());
    }

    private static StageUnit unit(Generator generator, List<Float> centre, int batch, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator)
                .withTarget(new Bowl(BENCH.parameters(1), centre, 0.3))
                .withBatch(batch);
    }

    private static Candidates styles(int perClass, Integer... classes) {
        List<Integer> each = Arrays.stream(classes)
                .flatMap(wanted -> Collections.nCopies(perClass, wanted).stream())
                .toList();
        NDArray z = array(each.size(), new float[each.size() * SIZE]);
        return new Candidates(
                new LatentPoints(styled(), styled().locate(z)),
                each,
                Collections.nCopies(each.size(), Double.NaN),
                List.of());
    }

    private static Candidates prior(Generator generator) {
        return new Candidates(
                new LatentPoints(generator, array(1, new float[SIZE])), List.of(0), List.of(Double.NaN), List.of());
    }

    private static NDArray array(int rows, float... values) {
        return BENCH.manager().create(values, new Shape(rows, SIZE));
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        IntStream.range(0, array.length).forEach(i -> array[i] = values.get(i));
        return array;
    }

    private static float[] values(Candidates found) {
        return ((LatentPoints) found.representation()).points().get(":,0").toFloatArray();
    }
}
