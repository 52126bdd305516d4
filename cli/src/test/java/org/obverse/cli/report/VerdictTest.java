package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.record.Score;

final class VerdictTest {
    private static ReportedStudy study(ComparedCell... cells) {
        return new ReportedStudy(
                "study",
                Stream.of(cells)
                        .map(cell -> new ReportedCell(cell.cell(), cell.record()))
                        .toList(),
                "");
    }

    /** What a reader reads of it. */
    private static String verdict(ReportedStudy study) {
        return text(new VerdictSection(study, Setting.of(study)).tags());
    }

    private static String text(List<Tag> tags) {
        return tags.stream()
                .map(Tag::html)
                .collect(Collectors.joining())
                .replaceAll("<[^>]*>", "")
                .replaceAll("\n+", "\n");
    }

    private static MeasuredCells cells(String plan) {
        return new MeasuredCells(plan, "study");
    }

    private static double[] rates(int whole, double other) {
        double[] rates = new double[12];
        Arrays.fill(rates, other);
        Arrays.fill(rates, 0, whole, 1);
        return rates;
    }

    @Test
    void one_run_tells_the_rate_its_interval_and_how_many_classes_are_recognised() {
        String verdict = verdict(study(cells(MeasuredCells.PLAN).cell(0, MeasuredCells.accuracy(rates(3, 0.25)))));

        assertTrue(
                Pattern.compile(
                                "^Acc@1\\(judge\\) is 43.8 %, 95 % interval over 12 classes \\[\\d+\\.\\d, \\d+\\.\\d]\\. At least half of"
                                        + " what was reconstructed is recognised in 3 of 12 classes\\.")
                        .matcher(verdict)
                        .find(),
                verdict);
        assertTrue(verdict.contains("fewer than 5 identities that differ"), verdict);
    }

    @Test
    void classes_that_are_all_equal_give_no_interval() {
        String verdict = verdict(study(cells(MeasuredCells.PLAN).cell(0, MeasuredCells.accuracy(rates(0, 0.5)))));

        assertTrue(
                verdict.startsWith("Acc@1(judge) is 50.0 %, the same for each of 12 classes, so there is no interval."),
                verdict);
    }

    @Test
    void a_study_tells_where_most_and_where_least_is_found_and_holds_each_setting_against_the_first() {
        MeasuredCells cells = cells(MeasuredCells.TWO_ALPHAS);
        String verdict = verdict(study(
                cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.7))),
                cells.cell(1, MeasuredCells.accuracy(MeasuredCells.reversed(0.4)))));

        assertTrue(
                verdict.contains("The attack finds most with alpha 0.1: Acc@1(judge) is 69.2 %, 95 % interval over"),
                verdict);
        assertTrue(verdict.contains("It finds least with alpha 0: Acc@1(judge) is 39.2 %"), verdict);
        assertTrue(verdict.contains("Against study/alpha=0.1"), verdict);
        assertTrue(
                Pattern.compile(
                                "study/alpha=0\\s+– Acc@1\\(judge\\): 30.0 pp lower than the baseline \\[[^]]*], p ≤ 0.0002"
                                        + ": the attack lost; the difference is real at 5 %")
                        .matcher(verdict)
                        .find(),
                verdict);
    }

    @Test
    void settings_whose_intervals_overlap_are_not_called_the_most_and_the_least() {
        MeasuredCells cells = cells(MeasuredCells.TWO_ALPHAS);
        String verdict = verdict(study(
                cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.5))),
                cells.cell(1, MeasuredCells.accuracy(MeasuredCells.around(0.51)))));

        assertTrue(verdict.contains("Highest with alpha 0: Acc@1(judge) is "), verdict);
        assertTrue(verdict.contains("Lowest with alpha 0.1: Acc@1(judge) is "), verdict);
        assertTrue(verdict.contains("These two are not told apart by their intervals."), verdict);
    }

    @Test
    void seeds_are_one_setting_and_widen_the_interval() {
        MeasuredCells cells = cells(MeasuredCells.SEEDS);
        Score[] found = Stream.of(0.6, 0.7, 0.8)
                .map(middle -> MeasuredCells.accuracy(MeasuredCells.around(middle)))
                .toArray(Score[]::new);
        String verdict = verdict(study(cells.cell(0, found[0]), cells.cell(1, found[1]), cells.cell(2, found[2])));

        assertTrue(verdict.contains("over 12 classes and 3 seeds ["), verdict);
        assertFalse(verdict.contains("another training of the target"), verdict);
        assertTrue(verdict.contains("there is one seed of the attack"), verdict);
    }

    @Test
    void what_was_not_measured_is_listed() {
        MeasuredCells cells = cells(MeasuredCells.TWO_ALPHAS);
        String verdict = verdict(study(
                cells.cell(
                        0,
                        MeasuredCells.accuracy(MeasuredCells.around(0.7)),
                        new Score.Undefined("fid", "too few images")),
                cells.cell(1, MeasuredCells.accuracy(MeasuredCells.reversed(0.4)))));

        assertEquals(
                List.of(
                        "fid of alpha 0.1: undefined, the results say why.",
                        "How much another attack from other draws would change: there is one seed of the attack.",
                        "What the prior alone would score: no null was measured (controls: [ best-of-n, real ] do).",
                        "What another judge would recognise: there is one evaluation model.",
                        "What the defense costs: no metric has measured how good the target is (test-accuracy does)."),
                verdict.substring(verdict.indexOf("Not measured") + 12, verdict.indexOf("To run it again"))
                        .strip()
                        .lines()
                        .toList());
    }

    @Test
    void without_a_judged_attack_the_verdict_says_that_nothing_is_known() {
        String verdict = verdict(study(cells(MeasuredCells.PLAN).unfinished(0)));

        assertTrue(verdict.contains("What leaked: no metric has judged what the attack found."), verdict);
    }

    @Test
    void what_no_attack_has_proven_of_a_defense_is_called_unverified_in_verdict_tables_and_terminal() {
        MeasuredCells cells = cells(MeasuredCells.TWO_ALPHAS);
        ReportedStudy study = study(
                cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.7))),
                cells.cell(1, MeasuredCells.accuracy(MeasuredCells.reversed(0.4))));

        String verdict = verdict(study).replace("\n –", " –");
        assertTrue(
                verdict.contains(
                        "label-smoothing {alpha: 0.1, schedule: fraction, ramp: 0.5, hold: 0.75} – Unverified: no label-only, no transfer,"
                                + " no adapted attack was finished on it; its test accuracy was not measured (metric test-accuracy)."),
                verdict);
        assertFalse(verdict.contains("alpha: 0,"), verdict);
        assertTrue(
                Summary.of(study, 100).lines().anyMatch(line -> line.matches("defense +unverified +none")),
                Summary.of(study, 100));
        String tables = new ResultsSection(study, Setting.of(study))
                .tags().stream().map(Tag::html).collect(Collectors.joining());
        assertEquals(
                2, Pattern.compile(">unverified<").matcher(tables).results().count(), tables);
    }

    @Test
    void the_best_and_the_worst_classes_stand_at_their_ends() {
        ReportedStudy study = study(cells(MeasuredCells.PLAN)
                .data("class-names", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\"]")
                .cell(0, MeasuredCells.accuracy(.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .15, .05)));
        String html = new ExtremeClasses(study, Setting.of(study))
                .tags().stream().map(Tag::html).collect(Collectors.joining());

        assertEquals(
                List.of("j", "i", "h", "g", "f", "c", "b", "k", "a", "l"),
                Pattern.compile("scope=\"row\">([^<]*)<")
                        .matcher(html)
                        .results()
                        .map(result -> result.group(1))
                        .toList());
        assertTrue(html.contains(">95.0 %<") && html.contains(">5.0 %<"), html);
    }
}
