package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.inversion.Confidence;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class ScoreTest {
    private static final Workbench BENCH = Workbench.of(ScoreTest.class);
    private static final Fixture SELECTION = BENCH.fixture("attack-accuracy.safetensors");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @EnumSource
    void repeated_views_rank_as_in_the_published_selection(Mode mode) {
        double[] scores = scores(mode);

        int[] order = Arrays.stream(SELECTION.get("selection.order_desc").toLongArray())
                .mapToInt(Math::toIntExact)
                .toArray();
        assertArrayEquals(order, Ranking.best(scores, scores.length));
        float[] expected = SELECTION.get("selection.scores").toFloatArray();
        for (int i = 0; i < scores.length; i++) {
            double probability = mode == Mode.DEFAULT ? Math.exp(scores[i]) : scores[i];
            assertEquals(expected[i], probability, 1e-6);
        }
    }

    @Test
    void certainty_beyond_float32_is_told_apart_by_default_only() {
        double almost = -1e-9;
        double surely = -1e-12;

        assertArrayEquals(new int[] {1, 0}, Ranking.best(both(Mode.DEFAULT, almost, surely), 2));
        assertArrayEquals(new int[] {0, 1}, Ranking.best(both(Mode.REFERENCE, almost, surely), 2));
    }

    @Test
    void impossible_classes_are_told_apart_by_default_only() {
        assertArrayEquals(new int[] {1, 0}, Ranking.best(both(Mode.DEFAULT, -900, -800), 2));
        assertArrayEquals(new int[] {0, 1}, Ranking.best(both(Mode.REFERENCE, -900, -800), 2));
    }

    @Test
    void the_first_of_equal_scores_stands_first_and_no_number_last() {
        assertArrayEquals(
                new int[] {1, 4, 0, 3, 2},
                Ranking.best(new double[] {1, 2, Double.NaN, Double.NEGATIVE_INFINITY, 2}, 5));
    }

    private static double[] both(Mode mode, double first, double second) {
        return new double[] {mode.score(first, first), mode.score(second, second)};
    }

    private static double[] scores(Mode mode) {
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
        return Arrays.stream(logs).mapToDouble(mode::score).toArray();
    }
}
