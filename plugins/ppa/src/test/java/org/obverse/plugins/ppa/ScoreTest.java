package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.inversion.Confidence;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class ScoreTest {
    private static final Workbench BENCH = Workbench.of(ScoreTest.class);
    private static final Score METHOD = Confidence::logMean;
    private static final Score REFERENCE = ReferenceComponents::meanProbability;
    private static final Fixture SELECTION = BENCH.fixture("attack-accuracy.safetensors");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeated_views_rank_as_in_the_published_selection(boolean reference) {
        double[] scores = scores(reference ? REFERENCE : METHOD);

        int[] order = Arrays.stream(SELECTION.get("selection.order_desc").toLongArray())
                .mapToInt(Math::toIntExact)
                .toArray();
        assertArrayEquals(order, Ranking.best(scores, scores.length));
        float[] expected = SELECTION.get("selection.scores").toFloatArray();
        for (int i = 0; i < scores.length; i++) {
            double probability = reference ? scores[i] : Math.exp(scores[i]);
            assertEquals(expected[i], probability, 1e-6);
        }
    }

    @Test
    void certainty_beyond_float32_is_told_apart_but_not_by_the_reference() {
        double almost = -1e-9;
        double surely = -1e-12;

        assertArrayEquals(new int[] {1, 0}, Ranking.best(both(METHOD, almost, surely), 2));
        assertArrayEquals(new int[] {0, 1}, Ranking.best(both(REFERENCE, almost, surely), 2));
    }

    @Test
    void impossible_classes_are_told_apart_but_not_by_the_reference() {
        assertArrayEquals(new int[] {1, 0}, Ranking.best(both(METHOD, -900, -800), 2));
        assertArrayEquals(new int[] {0, 1}, Ranking.best(both(REFERENCE, -900, -800), 2));
    }

    @Test
    void the_first_of_equal_scores_stands_first_and_no_number_last() {
        assertArrayEquals(
                new int[] {1, 4, 0, 3, 2},
                Ranking.best(new double[] {1, 2, Double.NaN, Double.NEGATIVE_INFINITY, 2}, 5));
    }

    private static double[] both(Score score, double first, double second) {
        return new double[] {score.of(first, first), score.of(second, second)};
    }

    private static double[] scores(Score score) {
        NDArray logits = SELECTION.get("selection.logits_iter_sample_class");
        int target = Math.toIntExact(SELECTION.get("selection.target").getLong());
        int samples = Math.toIntExact(logits.getShape().get(1));
        int rounds = Math.toIntExact(logits.getShape().get(0));
        int[] classes = new int[samples];
        Arrays.fill(classes, target);
        double[][] logs = new double[samples][rounds];
        for (int round = 0; round < rounds; round++) {
            double[] ofRound = Confidence.logOf(logits.get(round), classes);
            for (int i = 0; i < samples; i++) {
                logs[i][round] = ofRound[i];
            }
        }
        return Arrays.stream(logs).mapToDouble(score::of).toArray();
    }

    @Test
    void margins_differ_where_confidences_are_all_one() {
        double[] logScores = {0, -60, -90, 0, -80, -70};

        assertEquals(0, Criterion.CONFIDENCE.of(logScores, 0, 3, 0));
        assertEquals(0, Criterion.CONFIDENCE.of(logScores, 3, 3, 0));
        assertEquals(60, Criterion.MARGIN.of(logScores, 0, 3, 0));
        assertEquals(70, Criterion.MARGIN.of(logScores, 3, 3, 0));
        assertEquals(-60, Criterion.MARGIN.of(logScores, 0, 3, 1));
        assertEquals(65, Criterion.MARGIN.overViews().of(60, 70));
    }
}
