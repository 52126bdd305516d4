package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/** Of targets that answer from tables: what the attacks say is known. */
class AttacksTest {
    private static final Workbench BENCH = Workbench.of(AttacksTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The scaled logits of losses: {@code ℓ = −log p} and {@code φ = log p/(1 − p)}. */
    private static double[] confidences(double... losses) {
        return Arrays.stream(losses)
                .map(loss -> -loss - Math.log(-Math.expm1(-loss)))
                .toArray();
    }

    private static Separation separation(MembershipScores scores, int members) {
        double[] all = scores.scores().stream().mapToDouble(score -> score).toArray();
        return new Separation(Arrays.copyOf(all, members), Arrays.copyOfRange(all, members, all.length));
    }

    @Test
    void average_loss_decides_the_worked_example_of_the_page() {
        double[] losses = {0.1, 0.2, 0.3, 0.05, 1.2, 0.15, 0.9, 2, 0.4, 0.6, 0.1, 0.64, 5, 5};

        MembershipScores scores = Played.of(BENCH, 2, confidences(losses))
                .score("average-loss", AverageLoss.Configuration.DEFAULT, AverageLoss::new);

        double threshold = scores.threshold().orElseThrow();
        assertEquals(-0.37, threshold, 1e-12);
        assertEquals(0.8, separation(scores, 5).truePositives(threshold), 1e-12);
        assertEquals(0.2, separation(scores, 5).falsePositives(threshold), 1e-12);
        assertEquals(0.76, separation(scores, 5).auc(), 1e-12);
    }

    @Test
    void the_tuned_threshold_is_the_narrowest_of_those_that_tell_the_known_samples_best() {
        Tuning tuning = Tuning.of(new double[] {-0.1, -0.2, -0.3}, new double[] {-1, -2, -0.15});

        // Mean 0.2, deviation 0.0816: from c = 1.23 on all members are below the threshold, and one other always is.
        assertEquals(2.0 / 3, tuning.advantage(), 1e-12);
        assertEquals(-(0.2 + 1.23 * Math.sqrt(0.02 / 3)), tuning.threshold(), 1e-12);
    }

    @Test
    void members_that_are_all_alike_have_their_own_value_for_a_threshold() {
        assertEquals(-1, Tuning.of(new double[] {-1, -1}, new double[] {-2, -3}).threshold());
    }

    @Test
    void a_signal_that_does_not_saturate_sees_members_that_the_loss_does_not() {
        double[] confidences = {90, 91, 92, 60, 61, 62, 90, 91, 60, 61};
        Played sure = Played.of(BENCH, 2, confidences);

        MembershipScores byLoss =
                sure.score("tuned-threshold", new TunedThreshold.Configuration(Signal.LOSS), TunedThreshold::new);
        MembershipScores byLogit = sure.score(
                "tuned-threshold", new TunedThreshold.Configuration(Signal.SCALED_LOGIT), TunedThreshold::new);

        assertEquals(0.5, separation(byLoss, 3).auc());
        assertEquals(1, separation(byLogit, 3).advantage(byLogit.threshold().orElseThrow()));
    }

    @Test
    void the_gap_is_training_accuracy_less_test_accuracy() {
        MembershipScores scores =
                Played.of(BENCH, 1, 3, 2, 1, -1, 1, -1, -2, -3, 1, 1).score("gap", Gap.Configuration.DEFAULT, Gap::new);

        assertEquals(
                0.75 - 0.25, separation(scores, 4).advantage(scores.threshold().orElseThrow()), 1e-12);
    }

    /** Class 1 is easier than class 0 for everybody, so that no threshold serves both. Of either, five are known. */
    private static Played twoClasses() {
        double[] own = {
            3, 13, 3.5, 13.5, 1, 11, 1.5, 11.5, 3, 13, 3, 13, 3, 13, 3, 13, 3, 13, 1, 11, 1, 11, 1, 11, 1, 11, 1, 11
        };
        return new Played(BENCH, byClass(own), 10, alternating(own.length));
    }

    private static int[] alternating(int count) {
        return IntStream.range(0, count).map(i -> i % 2).toArray();
    }

    private static List<List<Double>> byClass(double... own) {
        return IntStream.range(0, own.length)
                .mapToObj(i -> i % 2 == 0 ? List.of(own[i], 0.0) : List.of(0.0, own[i]))
                .toList();
    }

    @Test
    void each_class_has_a_threshold_of_its_own() {
        MembershipScores scores = twoClasses()
                .score(
                        "per-class-thresholds",
                        new PerClassThresholds.Configuration(Signal.SCALED_LOGIT, PerClassThresholds.From.KNOWN),
                        PerClassThresholds::new);

        assertEquals(1, separation(scores, 4).advantage(scores.threshold().orElseThrow()));
    }

    @Test
    void thresholds_of_classes_can_be_those_of_the_reference_models() {
        Played played = twoClasses();
        for (int model = 0; model < 5; model++) {
            double[] answers = new double[28];
            Arrays.setAll(answers, i -> (i % 2 == 0 ? 1 : 11) + (i >= 4 ? 2 : 0));
            played.with(byClass(answers), sample -> sample >= 4);
        }

        MembershipScores scores = played.score(
                "per-class-thresholds",
                new PerClassThresholds.Configuration(Signal.SCALED_LOGIT, PerClassThresholds.From.REFERENCES),
                PerClassThresholds::new);

        assertEquals(1, separation(scores, 4).advantage(scores.threshold().orElseThrow()));
    }

    @Test
    void a_class_of_which_few_are_known_has_the_threshold_of_all() {
        List<List<Double>> logits =
                List.of(List.of(0.0, 2.2, 0.0), List.of(0.0, 1.8, 0.0), List.of(3.0, 0.0, 0.0), List.of(1.0, 0.0, 0.0));

        MembershipScores scores = new Played(BENCH, logits, 1, 1, 1, 0, 0)
                .score(
                        "per-class-thresholds",
                        new PerClassThresholds.Configuration(Signal.MARGIN, PerClassThresholds.From.KNOWN),
                        PerClassThresholds::new);

        assertEquals(
                List.of(0.2, -0.2),
                scores.scores().stream()
                        .map(score -> Math.round(score * 1e6) / 1e6)
                        .toList());
    }

    @Test
    void without_augmentation_all_draws_are_alike_and_the_losses_those_of_the_tuned_threshold() {
        Played played = Played.of(BENCH, 2, confidences(0.1, 0.2, 0.3, 0.9, 2, 0.4, 0.1, 0.3, 0.9, 0.8));

        MembershipScores aware =
                played.score("augmentation-aware", new AugmentationAware.Configuration(3), AugmentationAware::new);
        MembershipScores tuned =
                played.score("tuned-threshold", TunedThreshold.Configuration.DEFAULT, TunedThreshold::new);

        assertEquals(tuned.threshold().orElseThrow(), aware.threshold().orElseThrow(), 1e-12);
        for (int i = 0; i < 6; i++) {
            assertEquals(tuned.scores().get(i), aware.scores().get(i), 1e-12);
        }
    }

    @Test
    void shadow_models_teach_what_members_look_like() {
        double[] target = {4, 4.5, 5, 3.8, 1, 0.5, 1.2, 0.8, 4, 1};
        double[] shadow = {1, 0.9, 1.2, 0.7, 4.2, 4, 4.9, 3.7, 0, 0};

        MembershipScores scores = Played.of(BENCH, 1, target)
                .with(TableModel.confident(shadow), sample -> sample >= 4)
                .score("shadow-classifier", ShadowClassifier.Configuration.DEFAULT, ShadowClassifier::new);

        assertEquals(1, separation(scores, 4).advantage(scores.threshold().orElseThrow()));
    }

    @Test
    void logistic_regression_meets_its_condition_of_optimality() {
        List<double[]> features =
                List.of(new double[] {0.2}, new double[] {0.5}, new double[] {0.6}, new double[] {0.9});
        List<Boolean> positive = List.of(false, true, false, true);

        LogisticRegression fitted = LogisticRegression.of(features, positive);

        double slope = fitted.logOdds(1) - fitted.logOdds(0);
        double ofSlope = slope;
        double ofIntercept = 0;
        for (int i = 0; i < features.size(); i++) {
            double residual = 1 / (1 + Math.exp(-fitted.logOdds(features.get(i)))) - (positive.get(i) ? 1 : 0);
            ofSlope += residual * features.get(i)[0];
            ofIntercept += residual;
        }
        assertEquals(0, ofSlope, 1e-8);
        assertEquals(0, ofIntercept, 1e-8);
        assertTrue(slope > 0);
    }

    @Test
    void the_densities_of_lira_are_those_of_the_page() {
        LikelihoodRatio.Gaussian in = new LikelihoodRatio.Gaussian(2.5, 1);
        LikelihoodRatio.Gaussian out = new LikelihoodRatio.Gaussian(0.5, 1.2);

        assertEquals(0.8385715568, in.logDensity(2) - out.logDensity(2), 1e-10);
        // The page's offline score is log P(Z < 1.25) = −0.1116578285, which grows with these deviations.
        assertEquals(1.25, out.deviations(2), 1e-12);
    }

    @Test
    void reference_models_that_answer_all_alike_are_refused() {
        double[] same = {1, 2, 3, 4, 5, 6};
        Played played = Played.of(BENCH, 1, same);
        for (int model = 0; model < 4; model++) {
            int number = model;
            played.with(TableModel.confident(same), sample -> (sample + number) % 2 == 0);
        }

        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> played.score("lira", LikelihoodRatio.Configuration.DEFAULT, LikelihoodRatio::new));

        assertTrue(String.valueOf(refused.getMessage()).contains("answer all alike"), refused.getMessage());
    }

    @Test
    void the_ratios_of_rmia_are_those_of_the_page() {
        double[] target = {0.9, 0.5, 0.8, 0.3, 0.95};
        double[] mean = {0.4, 0.45, 0.7, 0.5, 0.9};
        double[] expected = {1.4754098, 0.7782101, 0.9937888, 0.4444444, 1.0160428};
        double[] ratios = IntStream.range(0, 5)
                .mapToDouble(i -> target[i] / RelativeMembership.offline(mean[i], 0.3))
                .toArray();
        double[] population = Arrays.copyOfRange(ratios, 1, 5);
        Arrays.sort(population);

        for (int i = 0; i < 5; i++) {
            assertEquals(expected[i], ratios[i], 1e-7);
        }
        assertEquals(1.0, RelativeMembership.share(population, ratios[0]));
        assertEquals(0.5, RelativeMembership.share(population, ratios[0] / 1.5));
        assertEquals(0.25, RelativeMembership.share(population, population[0]));
    }

    @Test
    void a_temperature_of_one_leaves_probabilities_as_they_are() {
        double[] logs = {Math.log(0.7), Math.log(0.2), Math.log(0.1)};

        assertEquals(0.7, RelativeMembership.softened(logs, 0, 1), 1e-12);
        assertEquals(
                Math.sqrt(0.7) / (Math.sqrt(0.7) + Math.sqrt(0.2) + Math.sqrt(0.1)),
                RelativeMembership.softened(logs, 0, 2),
                1e-12);
    }

    /** Samples of which models that were trained on them are surer by d, with a spread of 1; each sample is as hard as it is. */
    private static Played gaussian(double d, int samples, int known, int models) {
        var random = BENCH.stream(7);
        double[] difficulty = new double[samples + 2 * known];
        Arrays.setAll(difficulty, i -> 2 * random.gaussian());
        double[] target = new double[difficulty.length];
        Arrays.setAll(
                target,
                i -> difficulty[i]
                        + random.gaussian()
                        + (i < samples / 2 || (i >= samples && i < samples + known) ? d : 0));
        Played played = Played.of(BENCH, known, target);
        for (int model = 0; model < models; model++) {
            int number = model;
            double[] answers = new double[difficulty.length];
            Arrays.setAll(
                    answers, i -> difficulty[i] + random.gaussian() + (i < samples && (i + number) % 2 == 0 ? d : 0));
            played.with(TableModel.confident(answers), sample -> (sample + number) % 2 == 0);
        }
        return played;
    }

    private static Stream<LikelihoodRatio.Mode> modes() {
        return Stream.of(LikelihoodRatio.Mode.values());
    }

    @Test
    void lira_finds_of_a_gaussian_truth_what_can_be_found() {
        // Separations, AUC and TPR at FPR 1 % of spec/membership.md, section 4; and a spread of its own for each
        // sample.
        for (int models : new int[] {16, 64}) {
            Played played = gaussian(2, 4000, 10, models);
            List<Double> areas = new ArrayList<>();
            modes().forEach(mode -> {
                Separation found = separation(
                        played.score("lira", new LikelihoodRatio.Configuration(mode, 0, false), LikelihoodRatio::new),
                        2000);
                areas.add(found.auc());
            });
            double lost = 0.03;
            areas.forEach(area -> assertEquals(0.921350, area, lost, models + " models: " + areas));
        }
    }

    /** AUC, TPR at FPR 1 % and advantage of spec/membership.md, section 4: Φ(d/√2), Φ(Φ⁻¹(f) + d), 2 Φ(d/2) − 1. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.638163, 0.033899, 0.197413",
        "1, 0.760250, 0.092362, 0.382925",
        "2, 0.921350, 0.372081, 0.682689"
    })
    void lira_with_many_models_has_the_rates_of_the_gaussian_truth(
            double d, double area, double rate, double advantage) {
        Separation found = separation(
                gaussian(d, 4000, 10, 128).score("lira", LikelihoodRatio.Configuration.DEFAULT, LikelihoodRatio::new),
                2000);

        // Four standard deviations of 2,000 on either side, and what 64 models leave open.
        assertEquals(area, found.auc(), 0.036);
        assertEquals(rate, found.truePositivesAt(0.01), 4 * Math.sqrt(rate / 2000) + 0.03);
        assertEquals(advantage, found.advantage(0), 0.06);
    }

    /** As {@link #gaussian}, with a second look at each sample, mirrored, whose noise is another's. */
    private static Played looks(int samples, int models) {
        var random = BENCH.stream(11);
        Played played = Played.mirrored(
                BENCH, 1, look(random, samples, i -> i < samples / 2), look(random, samples, i -> i < samples / 2));
        for (int model = 0; model < models; model++) {
            int number = model;
            IntPredicate trained = sample -> (sample + number) % 2 == 0;
            played.with(
                    TableModel.confident(look(random, samples, trained)),
                    TableModel.confident(look(random, samples, trained)),
                    trained);
        }
        return played;
    }

    private static double[] look(RandomStream random, int samples, IntPredicate member) {
        double[] answers = new double[samples + 2];
        Arrays.setAll(answers, i -> random.gaussian() + (i < samples && member.test(i) ? 1 : 0));
        return answers;
    }

    /** Two independent looks of separation 1 are one of separation √2: AUC Φ(1), where one look has Φ(1/√2) = .760250. */
    @ParameterizedTest
    @CsvSource({"16", "128"})
    void lira_finds_in_two_views_what_two_independent_looks_tell(int models) {
        Played played = looks(4000, models);
        for (LikelihoodRatio.Mode mode : LikelihoodRatio.Mode.values()) {
            Separation once = separation(
                    played.score("lira", new LikelihoodRatio.Configuration(mode, 0, false), LikelihoodRatio::new),
                    2000);
            Separation twice = separation(
                    played.score("lira", new LikelihoodRatio.Configuration(mode, 0, true), LikelihoodRatio::new), 2000);

            assertEquals(0.760250, once.auc(), 0.04, mode + " once");
            assertEquals(0.841345, twice.auc(), 0.04, mode + " twice");
        }
    }

    @Test
    void lira_is_refused_where_one_model_alone_is_on_a_side_that_it_reads() {
        LikelihoodRatio online = new LikelihoodRatio(LikelihoodRatio.Configuration.DEFAULT, BENCH);
        LikelihoodRatio offline =
                new LikelihoodRatio(new LikelihoodRatio.Configuration(LikelihoodRatio.Mode.OFFLINE, 0, false), BENCH);

        assertEquals(List.of(), online.check(2, 2));
        assertEquals(List.of(), offline.check(1, 2));
        assertEquals("references", online.check(1, 2).get(0).path());
        assertEquals("references", offline.check(2, 1).get(0).path());
    }

    @Test
    void the_density_of_several_numbers_is_that_of_their_covariance() {
        // Means 1 and 2, variances 4/3 and 2/3, covariance 2/3: the determinant is 4/9, the inverse [[3/2, −3/2],
        // [−3/2, 3]].
        Normal normal =
                Normal.of(List.of(new double[] {0, 1}, new double[] {2, 3}, new double[] {0, 2}, new double[] {2, 2}));

        assertEquals(-7.5 / 2 - Math.log(4.0 / 9) / 2 - Math.log(2 * Math.PI), normal.logDensity(2, 4), 1e-12);
    }

    @Test
    void views_that_are_answered_alike_have_no_density_and_are_refused() {
        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> Normal.of(List.of(new double[] {0, 0}, new double[] {2, 2}, new double[] {3, 3})));

        assertTrue(String.valueOf(refused.getMessage()).contains("mirrored: false"), refused.getMessage());
    }

    @Test
    void rmia_is_not_tuned_by_a_model_that_has_none_to_compare_with() {
        Played played = Played.of(BENCH, 1, 1, 2, 3, 4, 5, 6);
        for (int model = 0; model < 2; model++) {
            int number = model;
            played.with(TableModel.confident(1, 2, 3, 4, 5, 6), sample -> sample % 2 == number);
        }

        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> played.score(
                        "rmia",
                        new RelativeMembership.Configuration(RelativeMembership.Mode.OFFLINE, 2, 2, 0.3, true),
                        RelativeMembership::new));

        assertTrue(String.valueOf(refused.getMessage()).contains("no other was trained without"), refused.getMessage());
    }

    @Test
    void rmia_comes_near_to_a_gaussian_truth_with_few_models() {
        Played played = gaussian(2, 2000, 200, 4);

        for (RelativeMembership.Mode mode : RelativeMembership.Mode.values()) {
            Separation found = separation(
                    played.score(
                            "rmia",
                            new RelativeMembership.Configuration(
                                    mode, 2, 1, 0.3, mode == RelativeMembership.Mode.OFFLINE),
                            RelativeMembership::new),
                    1000);
            assertTrue(found.auc() > 0.8 && found.auc() < 0.93, mode + ": " + found.auc());
        }
    }
}
