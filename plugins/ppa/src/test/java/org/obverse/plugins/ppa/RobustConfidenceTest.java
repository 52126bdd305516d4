package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.ppa.Bench.settings;
import static org.obverse.plugins.ppa.Bench.unit;
import static org.obverse.plugins.ppa.Bench.values;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.Confidence;
import org.obverse.inversion.RandomCrop;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class RobustConfidenceTest {
    private static final Workbench BENCH = Workbench.of(RobustConfidenceTest.class);
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 16, 1);
    private static final SmallNet TARGET = Bench.smallNet(BENCH, 8);
    private static final String FIVE = "{results: 2, iterations: 5}";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void those_stay_whose_mean_confidence_over_the_views_of_their_class_is_highest() {
        Candidates found = found(4, 7, 2);

        Candidates kept = select("{results: 2, iterations: 5, center-crop: 12, resize: 10}", found, TARGET, 100);

        double[] expected =
                IntStream.range(0, 8).mapToDouble(row -> confidence(found, row)).toArray();
        int[] best =
                IntStream.concat(best(expected, 0, 4), best(expected, 4, 8)).toArray();
        assertEquals(List.of(7, 7, 2, 2), kept.classes());
        assertArrayEquals(values(found.rows(best)), values(kept));
        for (int i = 0; i < 4; i++) {
            assertEquals(Math.log(expected[best[i]]), kept.scores().get(i), 1e-5);
        }
    }

    @Test
    void candidates_of_a_class_see_the_same_views() {
        Candidates twice = found(4, 7).rows(2, 2, 2, 2);

        Candidates kept = select("{results: 4, iterations: 5}", twice, TARGET, 4);

        for (double score : kept.scores()) {
            assertEquals(kept.scores().get(0), score, 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void batches_do_not_change_the_choice(int batch) {
        Candidates whole = select(FIVE, found(4, 7, 2), TARGET, 100);
        Candidates parts = select(FIVE, found(4, 7, 2), TARGET, batch);

        assertArrayEquals(values(whole), values(parts));
        for (int i = 0; i < 4; i++) {
            assertEquals(whole.scores().get(i), parts.scores().get(i), 1e-5);
        }
    }

    @Test
    void reordering_classes_reorders_results() {
        Candidates forward = select(FIVE, found(4, 7, 2), TARGET, 100);
        Candidates backward = select(FIVE, found(4, 7, 2).rows(4, 5, 6, 7, 0, 1, 2, 3), TARGET, 100);

        assertArrayEquals(values(forward), values(backward.rows(2, 3, 0, 1)));
    }

    @Test
    void a_certain_target_is_ranked_in_log_space_but_by_position_in_the_reference() {
        LinearNet certain = LinearNet.at(BENCH, 8, 31, 3000);
        Candidates found = found(6, 4);

        Candidates byLogs = select("{results: 6, iterations: 3}", found, certain, 100);
        Candidates byFloats = ReferenceComponents.CONFIDENCE
                .factory()
                .create(
                        settings(
                                ReferenceSelectionSettings.DEFAULT,
                                "{method: {results: 6, iterations: 3, view-size: 0}}"),
                        BENCH)
                .select(found, unit(BENCH, GENERATOR, certain, 100, 4));

        assertEquals(6, byLogs.scores().stream().distinct().count());
        assertEquals(true, byFloats.scores().stream().distinct().count() < 6);
    }

    @Test
    void flips_and_view_sizes_change_what_the_target_sees() {
        Candidates found = found(2, 7);
        double plain = select("{results: 2, iterations: 3, flip-probability: 0}", found, TARGET, 9)
                .scores()
                .get(0);

        double flipped = select("{results: 2, iterations: 3, flip-probability: 1}", found, TARGET, 9)
                .scores()
                .get(0);
        double larger = select("{results: 2, iterations: 3, flip-probability: 0, view-size: 20}", found, TARGET, 9)
                .scores()
                .get(0);

        assertEquals(true, Math.abs(plain - flipped) > 1e-4);
        assertEquals(true, Math.abs(plain - larger) > 1e-4);
    }

    @Test
    void each_view_of_each_candidate_is_one_query() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 3, 7);

        new RobustConfidence(settings(SelectionSettings.DEFAULT, FIVE)).select(found(4, 7), unit);

        assertEquals(20, unit.queries());
        assertEquals(10, unit.checkpoints());
        assertEquals(20L, unit.progressed().get(9));
    }

    @Test
    void a_spent_budget_leaves_the_first_candidates_of_each_class_without_an_opinion() {
        Candidates found = found(4, 7, 2);
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 3, 7, 2).withBudget(17);

        assertThrows(
                BudgetSpentException.class,
                () -> new RobustConfidence(settings(SelectionSettings.DEFAULT, FIVE)).select(found, unit));

        assertEquals(List.of(7, 7, 2, 2), unit.foundWhenSpent().classes());
        assertArrayEquals(values(found.rows(0, 1, 4, 5)), values(unit.foundWhenSpent()));
        assertTrue(unit.foundWhenSpent().scores().stream().allMatch(score -> score.isNaN()));
    }

    @Test
    void more_results_than_candidates_are_refused_before_the_target_is_asked() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 3, 7);
        RobustConfidence selector = new RobustConfidence(settings(SelectionSettings.DEFAULT, "{results: 5}"));

        var refused = assertThrows(InvalidConfigurationException.class, () -> selector.select(found(4, 7), unit));

        assertEquals("results", refused.problems().get(0).path());
        assertEquals(0, unit.queries());
    }

    /** Views by their documented keys, confidences by softmax. */
    private static double confidence(Candidates found, int row) {
        int target = found.classes().get(row);
        NDArray image = GENERATOR.generate(Bench.points(found)).get(row + ":" + (row + 1));
        NDArray framed = Resampling.of(16, 16).centerCrop(12).resize(10, 10).apply(image);
        double sum = 0;
        for (int round = 0; round < 5; round++) {
            RandomStream stream = BENCH.stream(11).child("class", target).child("round", round);
            Resampling view = Resampling.of(10, 10)
                    .crop(new RandomCrop(0.5, 0.9, 0.8, 1.2).draw(stream, 10, 10))
                    .resize(8, 8);
            NDArray seen = (stream.uniform() < 0.5 ? view.flip() : view).apply(framed);
            NDArray logits =
                    TARGET.forward(seen, Pass.evaluation(BENCH.stream(1))).logits();
            sum += Math.exp(Confidence.logOf(logits, target)[0]);
        }
        return sum / 5;
    }

    private static IntStream best(double[] scores, int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -scores[row]))
                .limit(2)
                .mapToInt(row -> row);
    }

    private static Candidates select(String keys, Candidates found, Classifier target, int batch) {
        Integer[] classes = found.classes().stream().distinct().toArray(Integer[]::new);
        return new RobustConfidence(settings(SelectionSettings.DEFAULT, keys))
                .select(found, unit(BENCH, GENERATOR, target, batch, classes));
    }

    private static Candidates found(int perClass, Integer... classes) {
        Shape shape = new Shape((long) perClass * classes.length, 1, GENERATOR.styleSize());
        float[] values = BENCH.stream(3).gaussians(Math.toIntExact(shape.size()));
        List<Integer> each = List.of(classes).stream()
                .flatMap(target -> Collections.nCopies(perClass, target).stream())
                .toList();
        return new Candidates(
                new LatentPoints(GENERATOR, BENCH.manager().create(values, shape)),
                each,
                Collections.nCopies(each.size(), Double.NaN),
                List.of());
    }
}
