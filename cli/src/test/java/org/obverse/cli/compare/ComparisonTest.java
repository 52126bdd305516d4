package org.obverse.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.cli.compare.MeasuredCells.PLAN;
import static org.obverse.cli.compare.MeasuredCells.SEEDS;
import static org.obverse.cli.compare.MeasuredCells.TWO_ALPHAS;
import static org.obverse.cli.compare.MeasuredCells.accuracy;
import static org.obverse.cli.compare.MeasuredCells.around;
import static org.obverse.cli.compare.MeasuredCells.control;
import static org.obverse.cli.compare.MeasuredCells.mean;
import static org.obverse.cli.compare.MeasuredCells.reversed;
import static org.obverse.cli.compare.MeasuredCells.sampledAccuracy;
import static org.obverse.cli.compare.MeasuredCells.testAccuracy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.obverse.api.control.Control.Role;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.compare.ComparedFigure.Verdict;
import org.obverse.cli.export.Export;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.report.TableParts;
import org.obverse.cli.report.comparison.ComparisonReport;
import org.obverse.engine.record.MeasuredControl;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;

final class ComparisonTest {
    private static MeasuredCells study(String plan) {
        return new MeasuredCells(plan, "demo");
    }

    private static String refusal(ComparedCell... cells) {
        return String.valueOf(assertThrows(InvalidConfigurationException.class, () -> Comparison.of(List.of(cells)))
                .getMessage());
    }

    private static ComparedFigure only(Comparison comparison) {
        return comparison.others().get(0).figures().get(0);
    }

    @Test
    void a_figure_is_the_mean_over_classes_and_has_the_name_and_direction_of_the_one_that_its_metric_gives() {
        MeasuredCells study = study(TWO_ALPHAS);
        ComparedFigure found = only(
                Comparison.of(List.of(study.cell(0, accuracy(around(0.7))), study.cell(1, accuracy(reversed(0.4))))));

        assertEquals("Acc@1(judge)", found.figure().name());
        assertEquals(Better.HIGHER, found.figure().better());
        assertEquals(mean(around(0.7)), found.baseline(), 1e-12);
        assertEquals(mean(reversed(0.4)), found.other(), 1e-12);
        assertEquals(-0.3, found.finding().difference(), 1e-12);
        assertEquals(Verdict.REAL, found.verdict());
    }

    @Test
    void a_column_is_that_figure_which_begins_with_the_words_of_its_table() {
        MeasuredCells study = study(TWO_ALPHAS);
        ComparedFigure found = only(Comparison.of(
                List.of(study.cell(0, sampledAccuracy(around(0.7))), study.cell(1, sampledAccuracy(reversed(0.4))))));

        assertEquals("sampled Acc@1(judge)", found.figure().name());
    }

    @Test
    void the_sentence_says_who_lost_how_much_and_how_sure_that_is() {
        MeasuredCells study = study(TWO_ALPHAS);
        String text = Comparison.of(List.of(
                        study.cell(0, accuracy(around(0.7)), testAccuracy(around(0.5))),
                        study.cell(1, accuracy(reversed(0.4)), testAccuracy(reversed(0.3)))))
                .text();

        assertTrue(
                text.matches(
                        "(?s).*\nAcc@1\\(judge\\): 30\\.0 pp lower than the baseline \\[−\\d+\\.\\d, −\\d+\\.\\d], p ≤"
                                + " 0\\.0004 after Holm over 2 figures: the attack lost; the difference is real at 5 %\\.\n.*"),
                text);
        assertTrue(text.contains("\ntest accuracy: 20.0 pp lower than the baseline"), text);
        assertTrue(text.contains(": the target lost; "), text);
        assertTrue(text.startsWith("'demo/alpha=0' against the baseline 'demo/alpha=0.1'\n"), text);
    }

    @Test
    void cells_of_other_data_are_groups_of_their_own() {
        MeasuredCells study = study(
                PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0], data.training-per-identity: [2, 4] } }\n");
        ComparedCell few = study.cell(0, accuracy(around(0.5)));
        ComparedCell fewHard = study.cell(2, accuracy(around(0.4)));
        MeasuredCells more = study.data("training-sha256", "00");
        ComparedCell many = more.cell(1, accuracy(around(0.5)));
        ComparedCell manyHard = more.cell(3, accuracy(around(0.4)));

        assertEquals(
                List.of(List.of(few, fewHard), List.of(many, manyHard)),
                Comparison.groups(List.of(few, many, fewHard, manyHard)));
    }

    @Test
    void the_relative_advantage_is_a_share_of_the_baseline_and_positive_where_the_attack_gained() {
        MeasuredCells study = study(TWO_ALPHAS);
        Comparison comparison = Comparison.of(List.of(
                study.cell(0, accuracy(0.4, 0.6, 0.5), distance(30, 40, 50)),
                study.cell(1, accuracy(0.3, 0.4, 0.5), distance(20, 30, 40))));

        assertEquals(-0.2, comparison.others().get(0).figures().get(0).advantage(), 1e-12);
        assertEquals(0.25, comparison.others().get(0).figures().get(1).advantage(), 1e-12);
        assertTrue(comparison.text().contains(" −20.0 %\n"), comparison.text());
        assertTrue(comparison.text().contains(" +25.0 %\n"), comparison.text());
    }

    private static Score distance(double... byClass) {
        return new Score.Measured(
                "feature-distance",
                Subject.ATTACK,
                List.of(new Figure("δ_eval(judge)", 0, Better.LOWER, "squared distance")),
                List.of(MeasuredCells.table("δ_eval(judge)", "mean", byClass)),
                List.of(),
                List.of());
    }

    @Test
    void where_nothing_can_be_concluded_the_sentence_says_what_could_not_have_been_seen() {
        MeasuredCells study = study(TWO_ALPHAS);
        Comparison comparison =
                Comparison.of(List.of(study.cell(0, accuracy(around(0.5))), study.cell(1, accuracy(reversed(0.505)))));

        assertEquals(Verdict.OPEN, only(comparison).verdict());
        assertTrue(comparison.text().contains("Acc@1(judge): nothing can be concluded: "), comparison.text());
        assertTrue(
                comparison.text().contains(" pp would often not have been seen with 12 identities."),
                comparison.text());
    }

    @Test
    void equal_sides_are_called_equal() {
        MeasuredCells study = study(TWO_ALPHAS);
        Comparison comparison =
                Comparison.of(List.of(study.cell(0, accuracy(around(0.5))), study.cell(1, accuracy(around(0.5)))));

        assertEquals(Verdict.EQUAL, only(comparison).verdict());
        assertTrue(comparison.text().contains("the same on both sides for each of 12 identities"), comparison.text());
    }

    /** Both have p values near 0.02, which 4 figures turn into 0.08. */
    @Test
    void what_is_significant_alone_is_not_so_among_many() {
        MeasuredCells study = study(PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0, -0.05, 0.2, 0.3] } }\n");
        double shift = 0.075;
        Comparison alone = Comparison.of(
                List.of(study.cell(0, accuracy(around(0.5))), study.cell(1, accuracy(reversed(0.5 + shift)))));
        Comparison many = Comparison.of(List.of(
                study.cell(0, accuracy(around(0.5))),
                study.cell(1, accuracy(reversed(0.5 + shift))),
                study.cell(2, accuracy(reversed(0.5 + shift))),
                study.cell(3, accuracy(reversed(0.5 + shift))),
                study.cell(4, accuracy(reversed(0.5 + shift)))));

        assertEquals(
                Verdict.REAL,
                only(alone).verdict(),
                () -> "p " + only(alone).finding().p());
        assertEquals(Verdict.LOST_AMONG_MANY, only(many).verdict());
        assertEquals(4 * only(many).finding().p(), only(many).corrected(), 1e-12);
        assertTrue(many.text().contains("after Holm over 4 figures: nothing can be concluded from one"), many.text());
        assertTrue(many.text().contains("; alone that would be p = 0.0"), many.text());
    }

    @Test
    void a_class_without_a_figure_on_one_side_is_left_out_and_counted() {
        MeasuredCells study = study(TWO_ALPHAS);
        double[] holed = reversed(0.4);
        holed[3] = Double.NaN;
        Comparison comparison =
                Comparison.of(List.of(study.cell(0, accuracy(around(0.7))), study.cell(1, accuracy(holed))));

        assertEquals(11, only(comparison).identities());
        assertEquals(1, only(comparison).leftOut());
        double[] both = around(0.7);
        assertEquals((12 * mean(both) - both[3]) / 11, only(comparison).baseline(), 1e-12);
        assertTrue(comparison.text().contains("1 lack it on one side and are left out"), comparison.text());
    }

    @Test
    void cells_that_differ_in_seeds_are_one_side_and_equal_seeds_are_paired() {
        MeasuredCells study = study(SEEDS);
        Comparison comparison = Comparison.of(List.of(
                study.cell(0, accuracy(around(0.5))),
                study.cell(1, accuracy(around(0.6))),
                study.cell(2, accuracy(around(0.7))),
                study.cell(5, accuracy(reversed(0.69))),
                study.cell(4, accuracy(reversed(0.58))),
                study.cell(3, accuracy(reversed(0.47)))));

        assertEquals(1, comparison.others().size());
        assertEquals(3, comparison.others().get(0).other().seeds());
        assertEquals(-0.02, only(comparison).finding().difference(), 1e-12);
        assertTrue(only(comparison).finding().error() < 0.05, "seeds that are far apart, but alike on both sides");
        assertTrue(comparison.text().contains("Over 3 seeds, the same on both sides."), comparison.text());
        assertTrue(
                comparison.text().startsWith("'demo/alpha=0' against the baseline 'demo/alpha=0.1'"),
                comparison.text());
    }

    @Test
    void other_seeds_on_each_side_make_the_difference_less_sure() {
        MeasuredCells study = study(SEEDS);
        Comparison comparison = Comparison.of(List.of(
                study.cell(0, accuracy(around(0.5))),
                study.cell(1, accuracy(around(0.7))),
                study.cell(4, accuracy(reversed(0.5))),
                study.cell(5, accuracy(reversed(0.7)))));

        assertTrue(only(comparison).finding().error() > 0.1, comparison.text());
        assertTrue(comparison.text().contains("Over 2 seeds, and 2 others of the baseline."), comparison.text());
        assertTrue(only(comparison).doubts().contains(Doubt.TWO_SEEDS));
    }

    @Test
    void one_seed_on_a_side_says_nothing_of_other_seeds() {
        MeasuredCells study = study(SEEDS);
        Comparison comparison = Comparison.of(List.of(
                study.cell(0, accuracy(around(0.5))),
                study.cell(3, accuracy(reversed(0.5))),
                study.cell(4, accuracy(reversed(0.6)))));

        assertEquals(0.05, only(comparison).finding().difference(), 1e-12);
        assertTrue(comparison.text().contains("and not about other seeds"), comparison.text());
    }

    @Test
    void whether_the_attacks_began_from_the_same_points_is_said() {
        MeasuredCells study = study(TWO_ALPHAS);
        ComparedCell baseline = study.cell(0, accuracy(around(0.5)));

        assertTrue(Comparison.of(List.of(baseline, study.cell(1, accuracy(reversed(0.5)))))
                .text()
                .contains("began from the same points"));
        assertTrue(Comparison.of(
                        List.of(baseline, study.with("sample/0", "another").cell(1, accuracy(reversed(0.5)))))
                .text()
                .contains("began from other points"));
    }

    @Test
    void without_an_attack_nothing_is_said_of_where_it_began() {
        MeasuredCells study = study(TWO_ALPHAS).without("sample/0");
        String text = Comparison.of(
                        List.of(study.cell(0, testAccuracy(around(0.5))), study.cell(1, testAccuracy(reversed(0.5)))))
                .text();

        assertTrue(text.contains("paired by identity (12).\n"), text);
    }

    @Test
    void a_metric_that_is_undefined_is_named_with_its_reason() {
        MeasuredCells study = study(TWO_ALPHAS);
        Score undefined = new Score.Undefined("test-accuracy", "its test part is empty");
        ComparedCell baseline = study.cell(0, accuracy(around(0.5)), testAccuracy(around(0.5)));

        String text = Comparison.of(List.of(baseline, study.cell(1, accuracy(reversed(0.5)), undefined)))
                .text();
        String refusal = refusal(baseline, study.cell(1, undefined));

        assertTrue(text.contains("\ntest-accuracy is undefined in 'demo/alpha=0': its test part is empty.\n"), text);
        assertTrue(refusal.contains("test-accuracy is undefined in 'demo/alpha=0'"), refusal);
    }

    @Test
    void few_identities_and_rates_near_a_bound_raise_doubts_of_the_interval() {
        MeasuredCells study = study(TWO_ALPHAS);
        ComparedFigure sure = only(
                Comparison.of(List.of(study.cell(0, accuracy(around(0.7))), study.cell(1, accuracy(reversed(0.4))))));
        ComparedFigure near = only(
                Comparison.of(List.of(study.cell(0, accuracy(around(0.85))), study.cell(1, accuracy(reversed(0.05))))));
        ComparedFigure few = only(
                Comparison.of(List.of(study.cell(0, accuracy(0.5, 0.5, 0.5)), study.cell(1, accuracy(0.4, 0.5, 0.6)))));

        assertEquals(Set.of(), sure.doubts());
        assertEquals(Set.of(Doubt.NEAR_A_BOUND), near.doubts());
        assertEquals(Set.of(Doubt.FEW_IDENTITIES, Doubt.FEW_DIFFER), few.doubts());
    }

    @Test
    void json_has_all_of_it_and_null_where_there_is_no_interval() {
        MeasuredCells study = study(TWO_ALPHAS);
        String json = Comparison.of(List.of(study.cell(0, accuracy(around(0.5))), study.cell(1, accuracy(around(0.5)))))
                .json();

        assertTrue(json.contains("\"baseline\" : \"demo/alpha=0.1\""), json);
        assertTrue(json.contains("\"low\" : null"), json);
        assertTrue(json.contains("\"verdict\" : \"equal\""), json);
        assertFalse(json.contains("NaN"), json);
    }

    private static Comparison controlled() {
        MeasuredCells study = study(TWO_ALPHAS);
        MeasuredControl ceiling = control("real", Role.CEILING, accuracy(around(0.9)));
        return Comparison.of(List.of(
                study.controlled(
                        0,
                        accuracy(around(0.7)),
                        control("best-of-n", Role.NULL, accuracy(reversed(0.3))),
                        control("wrong-label", Role.NULL, accuracy(reversed(0.1))),
                        ceiling),
                study.controlled(
                        1, accuracy(reversed(0.4)), control("best-of-n", Role.NULL, accuracy(around(0.3))), ceiling)));
    }

    /** (0.7 − 0.3)/(0.9 − 0.3) and (0.4 − 0.3)/(0.9 − 0.3), up to what the rows deviate from those rates. */
    @Test
    void controls_and_the_attacks_share_of_what_they_leave_stand_below_its_figure() {
        List<BesideFigure> beside = only(controlled()).beside();

        assertEquals(
                List.of("null: best-of-n", "null: wrong-label", "ceiling: real", "normalised"),
                beside.stream().map(BesideFigure::label).toList());
        assertEquals(mean(reversed(0.3)), beside.get(0).baseline().value(), 1e-12);
        assertFalse(beside.get(1).other().isDefined(), "the second side has no wrong-label");
        assertEquals(0.4 / 0.6, beside.get(3).baseline().value(), 1e-12);
        assertEquals(0.1 / 0.6, beside.get(3).other().value(), 1e-12);
        for (BesideFigure row : beside) {
            assertTrue(row.baseline().bounds().low() < row.baseline().value(), row::label);
            assertTrue(row.baseline().bounds().high() > row.baseline().value(), row::label);
        }
    }

    /** The interval that the attack's own figure has in the report is by the same draws. */
    @Test
    void a_control_has_the_interval_of_a_mean_over_its_identities() {
        Estimate real = only(controlled()).beside().get(2).baseline();

        assertEquals(
                MeanInterval.of(new double[][] {around(0.9)}, "fraction", new Bootstrap(10_000))
                        .estimate(),
                real);
    }

    @Test
    void controls_are_shown_and_said_not_to_be_among_the_figures_of_the_correction() {
        Comparison comparison = controlled();

        assertEquals(1, comparison.figures());
        assertTrue(
                comparison
                        .text()
                        .lines()
                        .anyMatch(line -> line.matches(
                                "  null: best-of-n +[\\d.]+ % \\[[\\d.]+, [\\d.]+] +[\\d.]+ % \\[[\\d.]+, [\\d.]+]")),
                comparison.text());
        assertTrue(comparison.text().contains("not among the figures of Holm's correction"), comparison.text());
        assertTrue(comparison.json().contains("\"row\" : \"normalised\""), comparison.json());
        assertFalse(
                Comparison.of(List.of(
                                study(TWO_ALPHAS).cell(0, accuracy(around(0.5))),
                                study(TWO_ALPHAS).cell(1, accuracy(reversed(0.5)))))
                        .text()
                        .contains("Indented"),
                "without controls nothing is said of them");
    }

    @Test
    void an_export_has_controls_as_rows_of_the_printed_table_and_as_a_table_with_all_digits() {
        Map<String, String> tables = Export.of(controlled()).tables();

        List<String> exact =
                tables.getOrDefault("comparison-controls.csv", "").lines().toList();
        assertEquals(
                "baseline cell,cell,figure,unit,row,baseline,baseline low,baseline high,value,low,high", exact.get(0));
        assertTrue(
                exact.get(2).startsWith("demo/alpha=0.1,demo/alpha=0,Acc@1(judge),fraction,null: wrong-label,"),
                exact.get(2));
        assertTrue(exact.get(2).endsWith(",,,"), exact.get(2));
        assertEquals(2, tables.getOrDefault("comparison.csv", "").lines().count());
        assertTrue(tables.getOrDefault("comparison.tex", "").contains("ceiling: real & "), tables::toString);
    }

    @Test
    void the_page_has_a_row_of_each_control() {
        String page = ComparisonReport.of(controlled(), "obverse compare demo");

        assertEquals(4, page.split("<tr class=\"control\">", -1).length - 1);
        assertTrue(page.contains("not among the figures of Holm&#39;s correction"), page);
    }

    @Test
    void every_table_of_the_page_has_a_caption_and_heads_that_say_which_cells_they_are_of() {
        TableParts parts = new TableParts(ComparisonReport.of(controlled(), "obverse compare demo"));

        assertEquals(List.of("demo/alpha=0 against demo/alpha=0.1"), parts.captions());
        assertEquals(List.of(), parts.withoutCaption());
        assertEquals(List.of(), parts.withoutScope());
    }

    @Test
    void the_page_has_all_digits_of_what_is_exported_as_text() {
        Comparison comparison = controlled();

        String page = ComparisonReport.of(comparison, "obverse compare demo");

        Export.of(comparison).tables().forEach((name, text) -> {
            if (name.endsWith(".csv")) {
                assertTrue(page.contains(">" + name + "</p>"), name);
                assertTrue(page.contains(">" + text.replace("\r\n", "\n") + "</pre>"), name + "\n" + page);
            }
        });
    }

    @Test
    void one_setting_alone_is_refused() {
        MeasuredCells study = study(SEEDS);

        String refusal = refusal(study.cell(0, accuracy(around(0.5))), study.cell(1, accuracy(around(0.5))));

        assertTrue(refusal.contains("there is one setting only, 'demo/alpha=0.1'"), refusal);
    }

    @Test
    void a_cell_whose_metrics_are_not_finished_is_refused() {
        MeasuredCells study = study(TWO_ALPHAS);

        String refusal = refusal(study.cell(0, accuracy(around(0.5))), study.unfinished(1));

        assertTrue(
                refusal.contains("demo/alpha=0: 0 of its 1 metrics are finished; finish it: obverse resume demo (what"),
                refusal);
    }

    @Test
    void other_data_are_refused_by_what_differs() {
        ComparedCell baseline = study(TWO_ALPHAS).cell(0, accuracy(around(0.5)));
        ComparedCell other = study(TWO_ALPHAS)
                .data("training-sha256", "fedcba9876543")
                .data("public", "7")
                .cell(1, accuracy(around(0.5)));

        String refusal = refusal(baseline, other);

        assertTrue(refusal.contains("training-sha256 (fedcba98… here, abcdef01… there)"), refusal);
        assertFalse(refusal.contains("public ("), refusal);
    }

    @Test
    void other_classes_are_refused_by_name() {
        MeasuredCells all = study(TWO_ALPHAS).data("class-names", "[\"anna\",\"bert\",\"carl\"]");
        MeasuredCells some = new MeasuredCells(TWO_ALPHAS.replace("use: ppa", "use: ppa, classes: [0, 3]"), "some")
                .data("class-names", "[\"anna\",\"bert\",\"carl\"]");

        String refusal = refusal(all.cell(0, accuracy(around(0.5))), some.cell(1, accuracy(0.5, 0.5)));

        assertTrue(refusal.contains("they attack other classes: only here none; only there bert, carl, 4, "), refusal);
    }

    @Test
    void other_judges_are_refused_by_plan_name_or_model() {
        ComparedCell baseline = study(TWO_ALPHAS).cell(0, accuracy(around(0.5)));
        ComparedCell retrained = study(TWO_ALPHAS).with("evaluation/0", "e1").cell(1, accuracy(around(0.5)));
        ComparedCell cropped = study(TWO_ALPHAS.replace("use: small-inception }", "use: small-inception }, crop: 24"))
                .cell(1, accuracy(around(0.5)));
        ComparedCell renamed = study(TWO_ALPHAS.replace("judge:", "second:")).cell(1, accuracy(around(0.5)));

        assertTrue(refusal(baseline, retrained).contains("equal plans, but other models (e1 here, e0 there)"));
        assertTrue(refusal(baseline, cropped).contains("'judge' is planned otherwise"));
        assertTrue(refusal(baseline, renamed).contains("second here, judge there"));
    }

    @Test
    void other_games_of_membership_are_refused_by_the_keys_that_differ() {
        String game = "membership: { samples: %d, known: 2, attacks: [ { use: %s } ] }\n";
        String asked = TWO_ALPHAS + game.formatted(6, "average-loss");
        ComparedCell baseline = study(asked).cell(0, accuracy(around(0.5)));
        ComparedCell more =
                study(TWO_ALPHAS + game.formatted(8, "average-loss")).cell(1, accuracy(around(0.5)));
        ComparedCell others = study(TWO_ALPHAS + game.formatted(6, "gap")).cell(1, accuracy(around(0.5)));

        assertTrue(
                refusal(baseline, more).contains("other games of membership: 'membership.samples' are set otherwise"));
        assertEquals(List.of(), new CellPair(baseline, others).problems());
        assertEquals(List.of(), new CellPair(baseline, study(TWO_ALPHAS).cell(1, accuracy(around(0.5)))).problems());
    }

    @Test
    void a_metric_that_is_set_otherwise_is_left_out_with_the_key() {
        String distance = "metrics: [ { use: precision-recall-density-coverage, k: %d }, { use: attack-accuracy } ]";
        MeasuredCells three = study(TWO_ALPHAS.replaceFirst("metrics: .*", distance.formatted(3)));
        MeasuredCells two = study(TWO_ALPHAS.replaceFirst("metrics: .*", distance.formatted(2)));

        Comparison comparison = Comparison.of(List.of(
                three.cell(0, prdc(around(0.5)), accuracy(around(0.5))),
                two.cell(1, prdc(reversed(0.5)), accuracy(reversed(0.5)))));

        assertEquals(1, comparison.figures());
        assertTrue(
                comparison
                        .text()
                        .contains(
                                "Nothing of precision-recall-density-coverage is compared, because it is set otherwise: k."),
                comparison.text());
    }

    private static Score prdc(double... byClass) {
        return new Score.Measured(
                "precision-recall-density-coverage",
                Subject.ATTACK,
                List.of(),
                List.of(MeasuredCells.table("PRDC(judge)", "precision", byClass)),
                List.of(),
                List.of());
    }

    @Test
    void without_a_figure_in_common_or_two_identities_there_is_nothing_to_compare() {
        MeasuredCells study = study(TWO_ALPHAS);
        ComparedCell baseline = study.cell(0, accuracy(around(0.5)));

        assertTrue(refusal(baseline, study.cell(1, testAccuracy(around(0.5))))
                .contains("they have no figure per class in common; measure both with the same metrics"));
        assertTrue(refusal(study.cell(0, accuracy(0.5)), study.cell(1, accuracy(0.4)))
                .contains("fewer than two identities have a figure on both sides"));
        double[] holed = new double[12];
        Arrays.fill(holed, 1, 12, Double.NaN);
        assertTrue(Comparison.of(List.of(
                        study.cell(0, accuracy(around(0.5)), testAccuracy(around(0.5))),
                        study.cell(1, accuracy(reversed(0.5)), testAccuracy(holed))))
                .text()
                .contains("test accuracy is not compared: it takes two identities that have it on both sides."));
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        MeasuredCells study = study(PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0, -0.05] } }\n");
        ComparedCell baseline = study.cell(0, accuracy(around(0.5)));
        ComparedCell second = study.with("evaluation/0", "e1").cell(1, accuracy(around(0.5)));
        ComparedCell third = study.data("training-sha256", "00").cell(2, accuracy(around(0.5)));

        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class, () -> Comparison.of(List.of(baseline, second, third)));

        assertEquals(3, refused.problems().size(), () -> String.valueOf(refused.getMessage()));
    }
}
