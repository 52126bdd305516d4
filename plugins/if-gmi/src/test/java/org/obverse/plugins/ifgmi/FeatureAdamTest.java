package org.obverse.plugins.ifgmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.generator.Staged;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Trail;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.plugins.ppa.PpaPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class FeatureAdamTest {
    private static final Workbench BENCH = Workbench.of(FeatureAdamTest.class).with(new IdentityLossesPlugin());
    private static final Staged FACES = Faces.at(BENCH);
    private static final Classifier JUDGE = LinearNet.at(BENCH, 32, 31, 1);
    private static final Staged SUMS = Sums.at(BENCH, 4);
    private static final Classifier TARGET = LinearNet.at(BENCH, 4, 31, 5);
    private static final NameOrIndex BY_TARGET = new NameOrIndex.Name("by-target");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void without_steps_all_blocks_together_are_the_generator() {
        Candidates start = start(FACES, 2, 0, 3);

        Candidates found = search(Searches.settings(0, 0, 0, 0)).optimize(start, faces(8, 0, 3));

        assertArrayEquals(start.draw(1, BENCH.stream(1), 0, 1, 2, 3).toFloatArray(), values(found));
    }

    /** Of the plugin {@code ppa}, with its defaults: 50 steps. */
    @Test
    void steps_at_the_first_block_alone_are_those_of_ppa_bit_for_bit() {
        Optimizer latentAdam = new PpaPlugin()
                .components().stream()
                        .filter(component -> component.name().equals("latent-adam"))
                        .map(component -> (Optimizer) made(component))
                        .findFirst()
                        .orElseThrow();
        Candidates ppa = latentAdam.optimize(start(FACES, 1, 0, 3), faces(8, 0, 3));

        Candidates found = search(Searches.settings(50, 0, 0, 0)).optimize(start(FACES, 1, 0, 3), faces(8, 0, 3));

        assertArrayEquals(ppa.draw(1, BENCH.stream(1), 0, 1).toFloatArray(), values(found));
        assertEquals(ppa.scores(), found.scores());
        for (int row = 0; row < 2; row++) {
            assertArrayEquals(
                    ppa.curves().get(0).values().get(row),
                    found.curves().get(0).values().get(row));
        }
    }

    private static <C extends Record, T> Object made(Component<C, T> component) {
        return component.factory().create(component.defaults(), BENCH);
    }

    @Test
    void the_gradient_of_features_agrees_with_differences() {
        FeatureSettings settings = Searches.plain(Searches.settings(0, 0, 0), 1);
        BlockSearch search = blocks(settings, start(FACES, 1, 0, 3), faces(8, 0, 3));
        search.enter(1);
        search.enter(2);
        NDArray total;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            total = search.outcome().losses().sum();
        }
        float[] gradient =
                BENCH.gradients().of(total, search.variables()).get(1).toFloatArray();

        NDArray features = search.variables().get(1);
        double largest = 0;
        for (float slope : gradient) {
            largest = Math.max(largest, Math.abs(slope));
        }
        for (int i = 0; i < gradient.length; i += gradient.length / 40) {
            double slope = (loss(search, features, i, 2e-2f) - loss(search, features, i, -2e-2f)) / 4e-2;
            assertEquals(slope, gradient[i], 2e-2 * largest, "feature " + i);
        }
    }

    private static double loss(BlockSearch search, NDArray features, int entry, float by) {
        float[] values = features.toFloatArray();
        float[] moved = values.clone();
        moved[entry] += by;
        features.set(moved);
        double loss = search.outcome().losses().sum().getDouble();
        features.set(values);
        return loss;
    }

    @Test
    void only_w_is_searched_at_the_first_block_and_features_beside_it_behind() {
        BlockSearch search = blocks(Searches.settings(0, 0, 0), start(SUMS, 2, 0), sums(8, 0));

        assertEquals(List.of(new Shape(2, 1, 6)), shapes(search.variables()));
        search.enter(1);
        assertEquals(List.of(new Shape(2, 1, 6), new Shape(2, 48)), shapes(search.variables()));
    }

    private static List<Shape> shapes(NDList arrays) {
        return arrays.stream().map(NDArray::getShape).toList();
    }

    /** The features of this generator are its image, and w is held still. */
    @Test
    void features_stay_within_their_radius_of_where_they_began() {
        FeatureSettings settings = Searches.plain(Searches.settings(0, 0, 20), 0.05);
        Candidates start = start(SUMS, 2, 0, 3);

        double[] free = ways(start, Searches.withRadii(settings, List.of(), List.of(0.0, 0.0, 1e-9)));
        double[] bound = ways(start, Searches.withRadii(settings, List.of(0.0, 0.7), List.of(0.0, 0.0, 1e-9)));

        for (int row = 0; row < 4; row++) {
            assertTrue(free[row] > 3, "free features went only " + free[row]);
            assertEquals(0.7, bound[row], 1e-5);
        }
    }

    private static double[] ways(Candidates start, FeatureSettings settings) {
        Candidates found = search(settings).optimize(start, sums(8, 0, 3));
        NDArray before = start.draw(1, BENCH.stream(1), 0, 1, 2, 3);
        NDArray way = ((FixedImages) found.representation()).images().sub(before);
        float[] sums = way.abs().sum(new int[] {1, 2, 3}).toFloatArray();
        return IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).toArray();
    }

    @Test
    void w_stays_within_its_radius_of_where_it_was_at_the_beginning_of_the_block() {
        FeatureSettings settings =
                Searches.withRadii(Searches.plain(Searches.settings(10, 10), 0.05), List.of(), List.of(0.2, 0.3));
        BlockSearch search = blocks(settings, start(SUMS, 1, 3), sums(8, 3));
        NDArray w = search.variables().get(0);
        NDArray before = w.duplicate();

        search.run(trail(settings, start(SUMS, 1, 3)), sums(8, 3));

        double way = w.sub(before).abs().sum().getFloat();
        assertTrue(way > 0.3 && way < 0.5 + 1e-5, "w went " + way);
    }

    @Test
    void features_find_what_w_alone_does_not() {
        Candidates start = start(SUMS, 2, 0, 3);

        Candidates alone = search(Searches.plain(Searches.settings(40), 0.02)).optimize(start, sums(8, 0, 3));
        Candidates both =
                search(Searches.plain(Searches.settings(20, 10, 10), 0.02)).optimize(start, sums(8, 0, 3));

        for (int row = 0; row < 4; row++) {
            assertTrue(both.scores().get(row) > alone.scores().get(row));
        }
    }

    /** Adam divides a gradient by its own size: the last bits of one near zero, which the batch decides, become a part of a step. */
    @Test
    void neither_batch_nor_neighbours_change_a_candidate() {
        FeatureSettings settings = Searches.withRadii(Searches.settings(3, 2, 2), List.of(0.5, 0.5), List.of());
        float[] together = values(search(settings).optimize(start(FACES, 2, 0, 3), faces(8, 0, 3)));
        float[] apart = values(search(settings).optimize(start(FACES, 2, 0, 3), faces(1, 0, 3)));
        float[] alone = values(search(settings).optimize(start(FACES, 2, 3), faces(8, 3)));

        assertArrayEquals(together, apart, 1e-3f);
        assertArrayEquals(Arrays.copyOfRange(together, together.length / 2, together.length), alone, 1e-5f);
    }

    @Test
    void a_layer_by_number_ends_the_search_there() {
        StageUnit unit = sums(8, 0, 3);

        Candidates found = search(Searches.withLayer(Searches.settings(4, 3, 5), new NameOrIndex.Index(1)))
                .optimize(start(SUMS, 1, 0, 3), unit);

        assertEquals(2 * 7, unit.queries());
        assertArrayEquals(
                values(search(Searches.settings(4, 3)).optimize(start(SUMS, 1, 0, 3), sums(8, 0, 3))), values(found));
    }

    @Test
    void by_target_keeps_of_each_candidate_what_is_recognised_best() {
        FeatureSettings settings = Searches.plain(Searches.settings(6, 6, 6), 0.3);
        StageUnit unit = sums(3, 0, 3);

        Candidates found = search(Searches.withLayer(settings, BY_TARGET)).optimize(start(SUMS, 4, 0, 3), unit);

        assertEquals(8 * (18 + 3 * Sight.VIEWS), unit.queries());
        Curve robustness = found.curves().get(2);
        for (int row = 0; row < 8; row++) {
            float[] after = robustness.values().get(row);
            assertEquals(3, after.length);
            int best = IntStream.range(0, 3)
                    .reduce((a, b) -> after[a] >= after[b] ? a : b)
                    .orElseThrow();
            assertEquals(after[best], found.scores().get(row), 1e-5);
            Candidates fixed = search(Searches.withLayer(settings, new NameOrIndex.Index(best)))
                    .optimize(start(SUMS, 4, 0, 3), sums(3, 0, 3));
            assertArrayEquals(image(fixed, row), image(found, row), 1e-6f);
        }
    }

    private static float[] image(Candidates found, int row) {
        return found.draw(1, BENCH.stream(1), row).toFloatArray();
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        StageUnit unit = sums(2, 0, 3).withBudget(17);

        assertThrows(
                BudgetSpentException.class,
                () -> search(Searches.settings(3, 2)).optimize(start(SUMS, 2, 0, 3), unit));

        assertEquals(16, unit.queries());
        Candidates left = unit.foundWhenSpent();
        Candidates first = search(Searches.settings(3, 2)).optimize(start(SUMS, 2, 0, 3), sums(2, 0, 3));
        Candidates second = search(Searches.settings(3)).optimize(start(SUMS, 2, 0, 3), sums(2, 0, 3));
        assertArrayEquals(image(first, 0), image(left, 0));
        assertArrayEquals(image(first, 1), image(left, 1));
        assertArrayEquals(image(second, 2), image(left, 2), 1e-6f);
        assertArrayEquals(image(second, 3), image(left, 3), 1e-6f);
    }

    @Test
    void a_budget_that_is_spent_while_the_target_chooses_leaves_the_best_until_then() {
        FeatureSettings settings = Searches.withLayer(Searches.settings(3, 2), BY_TARGET);
        StageUnit unit = sums(2, 0).withBudget(2 * (3 + Sight.VIEWS + 2) + 1);

        assertThrows(BudgetSpentException.class, () -> search(settings).optimize(start(SUMS, 2, 0), unit));

        Candidates left = unit.foundWhenSpent();
        Candidates first = search(Searches.settings(3)).optimize(start(SUMS, 2, 0), sums(2, 0));
        assertArrayEquals(values(first), values(left), 1e-6f);
        assertEquals(1, left.curves().get(2).values().get(0).length);
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        Candidates start = start(SUMS, 2, 0, 3);
        for (NameOrIndex layer : List.of(new NameOrIndex.Name("last"), BY_TARGET)) {
            StageUnit unit = sums(3, 0, 3).withBudget(0);

            assertThrows(
                    BudgetSpentException.class,
                    () -> search(Searches.withLayer(Searches.settings(3, 2), layer))
                            .optimize(start, unit));

            assertArrayEquals(
                    start.draw(1, BENCH.stream(1), 0, 1, 2, 3).toFloatArray(), values(unit.foundWhenSpent()), 1e-6f);
        }
    }

    @Test
    void neither_more_steps_nor_more_blocks_leave_more_arrays_behind() {
        int few = arraysAfter(Searches.settings(2));

        assertEquals(few, arraysAfter(Searches.settings(30)));
        assertEquals(few, arraysAfter(Searches.settings(2, 2, 2)));
    }

    private static int arraysAfter(FeatureSettings settings) {
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            search(settings).optimize(start(SUMS, 1, 0, 3), sums(8, 0, 3));
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void images_are_no_start() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 3, 4, 4))), List.of(0), List.of(0.0), List.of());

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> search(Searches.settings(1)).optimize(images, sums(8, 0)));

        assertEquals(
                "'feature-adam' searches a generator block by block, but the sampler gave 'images'",
                refusal.problems().get(0).message());
    }

    private static BlockSearch blocks(FeatureSettings settings, Candidates start, StageUnit unit) {
        WhiteBox target = unit.target(WhiteBox.class);
        LatentPoints points = (LatentPoints) start.representation();
        return new BlockSearch(
                settings,
                BENCH,
                FramedImages.of(points.generator(), settings.framing(), target.input()),
                new Sight(settings, BENCH.create(Kind.IDENTITY_LOSS, settings.loss()), target, start, unit),
                IntStream.range(0, start.size()).toArray(),
                points.points().get(":,0:1"));
    }

    private static Trail trail(FeatureSettings settings, Candidates start) {
        LatentPoints points = (LatentPoints) start.representation();
        return new Trail(
                start.classes(),
                points.points().get(":,0:1"),
                w -> new LatentPoints(points.generator(), w),
                settings.totalSteps(),
                sums(8, 3));
    }

    private static FeatureAdam search(FeatureSettings settings) {
        return new FeatureAdam(settings, BENCH);
    }

    private static StageUnit faces(int batch, Integer... classes) {
        return unit(FACES, JUDGE, batch, classes);
    }

    private static StageUnit sums(int batch, Integer... classes) {
        return unit(SUMS, TARGET, batch, classes);
    }

    private static StageUnit unit(Staged generator, Classifier target, int batch, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), generator)
                .withTarget(target)
                .withBatch(batch);
    }

    /** Draws from the prior, those of a class the same whatever other classes there are. */
    private static Candidates start(Staged generator, int candidates, Integer... classes) {
        List<Integer> each = new ArrayList<>();
        NDList points = new NDList();
        for (int wanted : classes) {
            each.addAll(Collections.nCopies(candidates, wanted));
            float[] z = BENCH.stream(77).child("class", wanted).gaussians(candidates * generator.latentSize());
            points.add(generator.locate(BENCH.manager().create(z, new Shape(candidates, generator.latentSize()))));
        }
        return new Candidates(
                new LatentPoints(generator, NDArrays.concat(points)),
                each,
                Collections.nCopies(each.size(), Double.NaN),
                List.of());
    }

    private static float[] values(Candidates candidates) {
        return ((FixedImages) candidates.representation()).images().toFloatArray();
    }
}
