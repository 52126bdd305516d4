package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class AccuracyTest {
    /** The reference computed in float32. */
    private static final double FLOAT32 = 2e-7;

    private static Workbench bench;
    private static Fixture fixture;
    private static double[] targets;
    private static List<Verdict> verdicts;

    @BeforeAll
    static void judge() {
        bench = Workbench.of(AccuracyTest.class);
        fixture = bench.fixture("attack-accuracy.safetensors");
        targets = Tensors.values(fixture.get("targets"));
        double[][] logits = Tensors.rows(fixture.get("logits"));
        verdicts = IntStream.range(0, logits.length)
                .mapToObj(i -> Verdict.of((int) targets[i], logits[i], (int) targets[i]))
                .toList();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void predictions_and_confidences_are_those_of_the_reference() {
        double[] predicted = Tensors.values(fixture.get("pred"));
        for (int i = 0; i < targets.length; i++) {
            assertEquals(predicted[i] == targets[i], verdicts.get(i).correct());
        }
        assertArrayEquals(
                Tensors.values(fixture.get("target_conf")),
                verdicts.stream().mapToDouble(Verdict::confidence).toArray(),
                FLOAT32);
        assertArrayEquals(
                Tensors.values(fixture.get("max_conf")),
                verdicts.stream().mapToDouble(Verdict::highest).toArray(),
                FLOAT32);
    }

    @Test
    void accuracies_and_mean_confidences_are_those_of_the_reference() {
        Accuracy accuracy = Accuracy.of(verdicts);

        assertEquals(Tensors.value(fixture.get("acc_top1")), accuracy.top1(), FLOAT32);
        assertEquals(Tensors.value(fixture.get("acc_top5")), accuracy.top5(), FLOAT32);
        assertEquals(Tensors.value(fixture.get("avg_total_conf")), accuracy.confidence(), FLOAT32);
        assertEquals(Tensors.value(fixture.get("avg_correct_conf")), accuracy.correctConfidence(), FLOAT32);
    }

    @Test
    void figures_per_class_are_those_of_the_reference() {
        double[][] rows = Tensors.rows(fixture.get("per_class[target,mean_conf,precision]"));

        int row = 0;
        for (Map.Entry<Integer, Accuracy> entry : Accuracy.perClass(verdicts).entrySet()) {
            assertEquals((int) rows[row][0], entry.getKey().intValue());
            assertEquals(rows[row][1], entry.getValue().confidence(), FLOAT32);
            assertEquals(rows[row][2], entry.getValue().top1(), FLOAT32);
            row++;
        }
        assertEquals(rows.length, row);
    }

    @Test
    void the_order_of_the_images_does_not_matter() {
        List<Verdict> shuffled = new ArrayList<>(verdicts);
        Collections.shuffle(shuffled, new Random(3));

        assertEquals(Accuracy.of(verdicts).top5(), Accuracy.of(shuffled).top5());
        assertEquals(Accuracy.of(verdicts).confidence(), Accuracy.of(shuffled).confidence(), 1e-15);
        assertEquals(
                List.copyOf(Accuracy.perClass(verdicts).keySet()),
                List.copyOf(Accuracy.perClass(shuffled).keySet()));
    }

    @Test
    void uniform_logits_give_every_class_the_same_probability_and_predict_the_first() {
        double[] logits = new double[8];

        assertEquals(1.0 / 8, Verdict.of(3, logits, 3).confidence(), 1e-15);
        assertEquals(1.0 / 8, Verdict.of(3, logits, 3).highest(), 1e-15);
        assertEquals(3, Verdict.of(3, logits, 3).rank());
        assertTrue(Verdict.of(0, logits, 0).correct());
    }

    /** The last bits of logits as large as 40 are 4e-6. */
    @Test
    void of_logits_equal_but_for_their_last_bits_the_first_is_the_largest() {
        for (double[] logits : new double[][] {{-40, 7, 7}, {-40, 7, 7 + 4e-6}, {-40, 7 + 4e-6, 7}}) {
            assertEquals(0, Verdict.of(1, logits, 1).rank());
            assertEquals(1, Verdict.of(2, logits, 2).rank());
            assertEquals(2, Verdict.of(0, logits, 0).rank());
        }
    }

    @Test
    void logits_that_differ_by_more_than_float32_does_are_not_equal() {
        double[] logits = {-40, 7, 7 + 1.21e-3};

        assertEquals(1, Verdict.of(1, logits, 1).rank());
        assertEquals(0, Verdict.of(2, logits, 2).rank());
    }

    @Test
    void a_confidence_that_float32_would_round_to_1_stays_below_1() {
        Verdict verdict = Verdict.of(0, new double[] {25, 0}, 0);

        assertEquals(Math.exp(-25), 1 - verdict.confidence(), 1e-15);
        assertEquals(1f, (float) verdict.confidence());
        assertTrue(verdict.confidence() < 1);
    }

    @Test
    void huge_logits_neither_overflow_nor_underflow() {
        assertEquals(1, Verdict.of(0, new double[] {1e5, -1e5}, 0).confidence());
        assertEquals(0, Verdict.of(1, new double[] {1e5, -1e5}, 1).confidence());
    }

    @Test
    void all_wrong_is_the_worst_case_and_has_no_confidence_where_correct() {
        Accuracy accuracy = Accuracy.of(List.of(Verdict.of(6, new double[] {7, 6, 5, 4, 3, 2, 1}, 6)));

        assertEquals(0, accuracy.top1());
        assertEquals(0, accuracy.top5());
        assertTrue(Double.isNaN(accuracy.correctConfidence()));
    }

    @Test
    void the_fifth_likeliest_class_still_counts_for_the_top_five() {
        double[] logits = {7, 6, 5, 4, 3, 2, 1};

        assertEquals(1, Accuracy.of(List.of(Verdict.of(4, logits, 4))).top5());
        assertEquals(0, Accuracy.of(List.of(Verdict.of(5, logits, 5))).top5());
    }
}
