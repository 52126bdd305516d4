package org.obverse.cli.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.random.RandomStream;
import org.obverse.cli.figure.Contrast.Pairing;
import org.obverse.engine.random.CounterStream;

final class FindingTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000);
    private static final int REPETITIONS = 1000;
    /** The 97.5 % quantile of Student's distribution with nine degrees of freedom. */
    private static final double T9 = 2.2621571627982053;

    /** Quantiles of SciPy 1.17. */
    @Test
    void quantiles_are_those_of_the_tables() {
        assertEquals(12.706204736174705, new Student(1).upper(0.025), 1e-9);
        assertEquals(4.302652729749464, new Student(2).upper(0.025), 1e-9);
        assertEquals(T9, new Student(9).upper(0.025), 1e-9);
        assertEquals(4.848514301110025, new Student(300).upper(1e-6), 1e-7);
        assertEquals(0.2547270255991911, new Student(49).upper(0.4), 1e-9);
        assertEquals(1.9599639845400545, Normal.upper(0.025), 1e-12);
        assertEquals(4.264890793922825, Normal.upper(1e-5), 1e-8);
    }

    /** Efron and Tibshirani (1993), equation 5.12: the deviation of drawn means is √(population variance / n). */
    @Test
    void drawn_means_deviate_as_the_closed_form_says() {
        Contrast contrast = identities(2, 3, 5, 7, 11, 13, 17, 19);
        double[] means = BOOTSTRAP.means(contrast);

        double mean = Arrays.stream(means).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(means)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
        assertEquals(Math.sqrt(35.734375 / 8), deviation, 0.02);
        assertEquals(Math.sqrt(35.734375 / 8), contrast.precision().drawn(), 1e-12);
        assertEquals(9.625, mean, 0.05);
    }

    /** What the study's protocol asks for (C = 50 and few identities, images of one identity alike). */
    @ParameterizedTest
    @CsvSource({
        "50, 50, 0.1, 0.65, 0.45",
        "50, 50, 0.5, 0.65, 0.45",
        "50, 3, 0.5, 0.9, 0.5",
        "10, 50, 0.1, 0.65, 0.45",
        "10, 50, 0.5, 0.65, 0.45",
        "10, 3, 0.5, 0.65, 0.45",
        "10, 3, 0.1, 0.9, 0.5"
    })
    void intervals_of_95_percent_hold_the_truth_in_93_to_97_of_100_simulated_comparisons(
            int identities, int images, double correlation, double baseline, double other) {
        Bootstrap bootstrap = new Bootstrap(500);
        BetaBinomial simulated =
                new BetaBinomial(CounterStream.of(1, "coverage/").child("identities", identities), images, correlation);
        int held = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            double[][] shares = IntStream.range(0, identities)
                    .mapToObj(identity -> simulated.identity(baseline, other))
                    .toArray(double[][]::new);
            Finding finding = Finding.of(
                    Contrast.of(
                            new double[][] {column(shares, 0)}, new double[][] {column(shares, 1)}, Pairing.SAME_SEEDS),
                    bootstrap);
            held += holds(finding, other - baseline) ? 1 : 0;
        }
        assertBetween(0.93, held, 0.97);
    }

    /** Which no method that was tried repairs; what matters is that it is said. */
    @Test
    void intervals_that_miss_more_often_where_rates_are_close_to_a_bound_are_doubted() {
        Bootstrap bootstrap = new Bootstrap(500);
        BetaBinomial simulated = new BetaBinomial(CounterStream.of(1, "bound/"), 50, 0.5);
        int missed = 0;
        int unnoticed = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            double[][] shares = IntStream.range(0, 10)
                    .mapToObj(identity -> simulated.identity(0.95, 0.9))
                    .toArray(double[][]::new);
            double[] before = column(shares, 0);
            double[] after = column(shares, 1);
            Contrast contrast = Contrast.of(new double[][] {before}, new double[][] {after}, Pairing.SAME_SEEDS);
            boolean isMiss = !holds(Finding.of(contrast, bootstrap), -0.05);
            missed += isMiss ? 1 : 0;
            unnoticed += isMiss
                            && Doubt.of(
                                            contrast,
                                            "fraction",
                                            Arrays.stream(before).average().orElseThrow(),
                                            Arrays.stream(after).average().orElseThrow())
                                    .isEmpty()
                    ? 1
                    : 0;
        }

        assertTrue(missed > 0.07 * REPETITIONS, "missed " + missed);
        assertTrue(unnoticed < 0.01 * REPETITIONS, "unnoticed " + unnoticed);
    }

    /** Seeds vary as much as a whole identity does, or a third of it, and interact with the identities. */
    @ParameterizedTest
    @CsvSource({"3, 10, 1", "3, 50, 0", "3, 50, 0.3", "3, 50, 1", "5, 50, 0.3", "5, 10, 1"})
    void intervals_over_seeds_hold_the_truth_as_often(int seeds, int identities, double deviation) {
        Bootstrap bootstrap = new Bootstrap(300);
        RandomStream stream = CounterStream.of(2, "seeds/");
        int held = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            double[] own = gaussians(identities, 1, stream);
            double[][] values = new double[seeds][];
            for (int s = 0; s < seeds; s++) {
                double shift = deviation * stream.gaussian();
                double[] noise = gaussians(identities, 1, stream);
                values[s] = IntStream.range(0, identities)
                        .mapToDouble(c -> own[c] + shift + noise[c])
                        .toArray();
            }
            Finding finding =
                    Finding.of(Contrast.of(new double[seeds][identities], values, Pairing.SAME_SEEDS), bootstrap);
            held += holds(finding, 0) ? 1 : 0;
        }
        assertBetween(0.93, held, 0.975);
    }

    private static void assertBetween(double least, int held, double most) {
        double share = held / (double) REPETITIONS;
        assertTrue(share >= least && share <= most, "coverage " + share);
    }

    private static boolean holds(Finding finding, double truth) {
        return finding.low() <= truth && truth <= finding.high();
    }

    private static double[] gaussians(int count, double deviation, RandomStream stream) {
        return IntStream.range(0, count)
                .mapToDouble(i -> deviation * stream.gaussian())
                .toArray();
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    /** At p = 0.05 zero lies on the bound of the 95 % interval, wherever that is. */
    @Test
    void p_is_the_level_at_which_the_interval_begins_to_hold_zero() {
        double[] values = {2, 3, 5, 7, 11, 13, 17, 19};
        double low = Finding.of(identities(values), BOOTSTRAP).low();
        double[] shifted = Arrays.stream(values).map(value -> value - low).toArray();

        assertEquals(0.05, Finding.of(identities(shifted), BOOTSTRAP).p(), 1e-9);
    }

    @Test
    void p_claims_no_more_than_the_draws_can_tell() {
        double[] values = {100, 101, 102, 103, 104, 100, 101, 102, 103, 104};

        assertEquals(2.0 / 10_001, Finding.of(identities(values), BOOTSTRAP).p(), 1e-15);
    }

    /** Of ten values with a variance of 20/9: the quantiles for 5 % on two sides and for four cases of five. */
    @Test
    void what_can_be_detected_follows_from_the_error() {
        Finding finding = Finding.of(identities(1, 2, 3, 4, 5, 1, 2, 3, 4, 5), BOOTSTRAP);

        double error = Math.sqrt(20.0 / 9 / 10);
        assertEquals(error, finding.error(), 1e-12);
        assertEquals((T9 + 0.8834038596855341) * error, finding.detectable(), 1e-8);
    }

    @Test
    void an_interval_of_symmetric_values_is_close_to_students() {
        Finding finding = Finding.of(identities(1, 2, 3, 4, 5, 1, 2, 3, 4, 5), BOOTSTRAP);

        assertEquals(T9 * Math.sqrt(20.0 / 9 / 10), finding.high() - 3, 0.05);
        assertEquals(finding.high() - 3, 3 - finding.low(), 0.05);
    }

    /** 2 · 2⁻¹⁰: ten identities on one side of zero. */
    @Test
    void a_difference_that_every_identity_shows_has_no_interval_and_the_p_value_of_a_sign_test() {
        Finding finding = Finding.of(identities(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), BOOTSTRAP);

        assertEquals(Math.pow(2, -9), finding.p());
        assertTrue(Double.isNaN(finding.low()) && Double.isNaN(finding.detectable()));
    }

    @Test
    void sides_that_agree_in_every_identity_show_nothing() {
        Finding finding = Finding.of(identities(0, 0, 0), BOOTSTRAP);

        assertEquals(1, finding.p());
        assertEquals(0, finding.difference());
    }

    @Test
    void the_same_comparison_finds_the_same() {
        assertEquals(
                Finding.of(identities(2, 3, 5, 7), new Bootstrap(500)),
                Finding.of(identities(2, 3, 5, 7), new Bootstrap(500)));
    }

    private static Contrast identities(double... differences) {
        return Contrast.of(
                new double[][] {new double[differences.length]}, new double[][] {differences}, Pairing.SAME_SEEDS);
    }
}
