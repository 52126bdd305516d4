package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.ppa.Bench.distance;
import static org.obverse.plugins.ppa.Bench.points;
import static org.obverse.plugins.ppa.Bench.unit;
import static org.obverse.plugins.ppa.Bench.values;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class RankedPoolTest {
    private static final Workbench BENCH = Workbench.of(RankedPoolTest.class);
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 16, 1);
    private static final SmallNet TARGET = Bench.smallNet(BENCH, 8);
    private static final int POOL = 20;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @CsvSource({"IMAGE, CLAMPED", "IMAGE_AND_MIRROR, CLAMPED", "IMAGE_AND_MIRROR, FREE"})
    void each_class_takes_the_points_of_which_the_target_is_most_confident(Views views, Range range) {
        Candidates chosen = sample(settings(POOL, 3, range, views, 7), 100, 4, 1);

        int[] best = concat(brute(views, range, 4), brute(views, range, 1));
        assertEquals(List.of(4, 4, 4, 1, 1, 1), chosen.classes());
        assertEquals(0, distance(pool().get(BENCH.manager().create(best)), points(chosen)), 1e-6);
        double[] confidences = confidences(views, range, 4);
        for (int rank = 0; rank < 3; rank++) {
            assertEquals(Math.log(confidences[best[rank]]), chosen.scores().get(rank), 1e-6);
        }
    }

    @Test
    void truncation_views_and_range_change_what_is_chosen() {
        float[] plain = values(sample(settings(POOL, 8, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 7), 100, 4));

        assertFalse(Arrays.equals(
                plain, values(sample(settings(POOL, 8, Range.FREE, Views.IMAGE_AND_MIRROR, 7), 100, 4))));
        assertFalse(Arrays.equals(plain, values(sample(settings(POOL, 8, Range.CLAMPED, Views.IMAGE, 7), 100, 4))));
    }

    @Test
    void batches_do_not_change_the_choice() {
        Candidates seven = sample(settings(POOL, 5, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 7), 100, 0, 3);
        Candidates one = sample(settings(POOL, 5, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 20), 1, 0, 3);

        assertArrayEquals(values(seven), values(one), 1e-6f);
    }

    @Test
    void reordering_classes_reorders_results() {
        PoolSettings settings = settings(POOL, 5, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 7);

        Candidates forward = sample(settings, 100, 0, 3);
        Candidates backward = sample(settings, 100, 3, 0);

        assertArrayEquals(values(forward), values(backward.rows(5, 6, 7, 8, 9, 0, 1, 2, 3, 4)));
    }

    @Test
    void a_larger_pool_holds_the_points_of_a_smaller_one() {
        Candidates all = sample(settings(POOL, POOL, Range.CLAMPED, Views.IMAGE, 7), 100, 0);
        Candidates first = sample(settings(4, 4, Range.CLAMPED, Views.IMAGE, 7), 100, 0);

        List<List<Float>> known = rows(all);
        rows(first)
                .forEach(row ->
                        assertEquals(1, known.stream().filter(row::equals).count()));
    }

    @Test
    void no_pass_takes_more_images_than_the_batch_and_each_view_is_one_query() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 0);

        new RankedPool(settings(POOL, 4, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 25)).sample(unit);

        assertEquals(List.of(6L, 12L, 18L, 20L), unit.progressed());
        assertEquals(2 * POOL, unit.queries());
        assertEquals(4, unit.checkpoints());
    }

    /** Two batches of 6 points, two views each, are 24 queries; of the third batch, one view is answered. */
    @Test
    void a_spent_budget_leaves_the_best_of_the_points_that_all_views_were_asked_of() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 4).withBudget(30);

        assertThrows(
                BudgetSpentException.class,
                () -> new RankedPool(settings(POOL, 3, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 25)).sample(unit));

        Candidates twelve = sample(settings(12, 3, Range.CLAMPED, Views.IMAGE_AND_MIRROR, 25), 6, 4);
        assertEquals(30, unit.queries());
        assertArrayEquals(values(twelve), values(unit.foundWhenSpent()));
        assertEquals(twelve.scores(), unit.foundWhenSpent().scores());
    }

    @Test
    void without_any_budget_it_has_the_first_points_and_no_opinion_of_them() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 4, 1).withBudget(0);

        assertThrows(
                BudgetSpentException.class,
                () -> new RankedPool(settings(POOL, 2, Range.CLAMPED, Views.IMAGE, 25)).sample(unit));

        Candidates left = unit.foundWhenSpent();
        assertEquals(List.of(4, 4, 1, 1), left.classes());
        assertEquals(0, distance(pool().get(BENCH.manager().create(new int[] {0, 1, 0, 1})), points(left)), 1e-6);
        assertTrue(left.scores().stream().allMatch(score -> score.isNaN()));
    }

    @Test
    void a_crop_larger_than_the_image_is_refused_before_the_target_is_asked() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 0);
        PoolSettings settings = Bench.settings(PoolSettings.DEFAULT, "{pool: 20, candidates: 4, center-crop: 17}");

        assertThrows(InvalidConfigurationException.class, () -> new RankedPool(settings).sample(unit));
        assertEquals(0, unit.queries());
    }

    private static Candidates sample(PoolSettings settings, int batch, Integer... classes) {
        return new RankedPool(settings).sample(unit(BENCH, GENERATOR, TARGET, batch, classes));
    }

    private static PoolSettings settings(int pool, int candidates, Range range, Views views, int batch) {
        return Bench.settings(
                PoolSettings.DEFAULT,
                "{pool: %d, candidates: %d, truncation-cutoff: 2, range: %s, center-crop: 12, views: %s, batch: %d}"
                        .formatted(pool, candidates, label(range), label(views), batch));
    }

    private static String label(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The whole pool, in the order of its draws. */
    private static NDArray pool() {
        LatentPool latents = LatentPool.draw(BENCH.stream(11).child("pool"), POOL, GENERATOR.latentSize());
        int[] all = IntStream.range(0, POOL).toArray();
        return GENERATOR.map(latents.rows(BENCH.manager(), all), new Truncation(0.5, 2));
    }

    private static double[] confidences(Views views, Range range, int target) {
        NDArray images = GENERATOR.generate(pool());
        NDArray cut = range == Range.CLAMPED ? images.maximum(-1).minimum(1) : images;
        NDArray seen = Resampling.of(12, 12).resize(8, 8).apply(cut.get(":,:,2:14,2:14"));
        double[] confidences = confidences(seen, target);
        double[] mirrored = confidences(views == Views.IMAGE ? seen : seen.flip(3), target);
        return IntStream.range(0, POOL)
                .mapToDouble(i -> (confidences[i] + mirrored[i]) / 2)
                .toArray();
    }

    private static double[] confidences(NDArray images, int target) {
        float[][] logits = new float[POOL][];
        for (int i = 0; i < POOL; i++) {
            NDArray one = images.get(i + ":" + (i + 1));
            logits[i] = TARGET.forward(one, Pass.evaluation(BENCH.stream(1)))
                    .logits()
                    .toFloatArray();
        }
        return Arrays.stream(logits)
                .mapToDouble(row -> Math.exp(row[target])
                        / IntStream.range(0, row.length)
                                .mapToDouble(j -> Math.exp(row[j]))
                                .sum())
                .toArray();
    }

    private static int[] brute(Views views, Range range, int target) {
        double[] confidences = confidences(views, range, target);
        return IntStream.range(0, POOL)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -confidences[i]))
                .limit(3)
                .mapToInt(i -> i)
                .toArray();
    }

    private static int[] concat(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }

    private static List<List<Float>> rows(Candidates candidates) {
        int length = GENERATOR.rows() * GENERATOR.styleSize();
        float[] values = values(candidates);
        return IntStream.range(0, candidates.size())
                .mapToObj(row -> IntStream.range(row * length, (row + 1) * length)
                        .mapToObj(i -> values[i])
                        .toList())
                .toList();
    }
}
