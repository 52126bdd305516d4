package org.obverse.cli.report.defense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.cli.report.defense.StudyOfTargets.DEFENSE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Threat;
import org.obverse.engine.plugin.Registry;

/** What the attacks of a study prove about a defense. */
final class DefenseTest {
    private static final String[] NEEDED = {"plain", "white", "labels", "surrogates", "adapted"};

    @Test
    void an_attack_is_told_by_what_it_asks_of_its_target_and_by_what_it_was_built_for() {
        Map<String, Set<Threat>> threats = StudyOfTargets.of(
                        "plain",
                        "white",
                        "scores",
                        "labels",
                        "surrogates",
                        "other model",
                        "helped",
                        "adapted",
                        "first draws")
                .planned()
                .cells()
                .stream()
                .collect(Collectors.toMap(cell -> cell.coordinates().get(0).value(), cell -> cell.threats()));

        assertEquals(
                Map.of(
                        "plain", Set.of(Threat.WHITE_BOX),
                        "white", Set.of(Threat.WHITE_BOX),
                        "scores", Set.of(Threat.BLACK_BOX),
                        "labels", Set.of(Threat.LABEL_ONLY),
                        "surrogates", Set.of(Threat.BLACK_BOX, Threat.TRANSFER),
                        "other model", Set.of(Threat.BLACK_BOX, Threat.TRANSFER),
                        "helped", Set.of(Threat.WHITE_BOX),
                        "adapted", Set.of(Threat.WHITE_BOX, Threat.ADAPTED),
                        "first draws", Set.of()),
                threats);
    }

    @Test
    void an_attack_that_is_adapted_to_another_defense_is_not_adapted() {
        String plan = MeasuredCells.PLAN.replace(
                "attack: { use: ppa }", "attack: { use: ppa, stages: { optimize: { loss: head-geometry } } }");
        PlanReader reader = new PlanReader(Registry.ofClassPath());

        assertEquals(Set.of(Threat.WHITE_BOX), threats(reader, plan));
        assertEquals(
                Set.of(Threat.WHITE_BOX, Threat.ADAPTED), threats(reader, plan.replace("alpha: 0 ", "alpha: 0.1 ")));
    }

    @Test
    void an_attack_that_is_adapted_to_one_of_two_defenses_is_not_adapted() {
        String plan = MeasuredCells.PLAN
                .replace("attack: { use: ppa }", "attack: { use: ppa, stages: { optimize: { loss: head-geometry } } }")
                .replace("alpha: 0 ", "alpha: 0.1 ");
        String both = plan.replace("defense: [ ", "defense: [ { use: confidence-penalty, weight: 0.1 }, ");

        assertFalse(both.equals(plan));
        assertEquals(Set.of(Threat.WHITE_BOX), threats(new PlanReader(Registry.ofClassPath()), both));
        assertEquals(
                Set.of(Threat.WHITE_BOX, Threat.ADAPTED),
                threats(
                        new PlanReader(Registry.ofClassPath()),
                        both.replace("confidence-penalty, weight: 0.1", "confidence-penalty, weight: 0")));
    }

    private static Set<Threat> threats(PlanReader reader, String plan) {
        return reader.read(plan, "plan.yaml", "plan", List.of()).cells().get(0).threats();
    }

    @Test
    void a_defense_is_unverified_until_a_label_only_a_transfer_and_an_adapted_attack_ran() {
        assertEquals(
                "no label-only, no transfer, no adapted attack was finished on it",
                StudyOfTargets.of("plain", "white").account().verification().reason());
        assertEquals(
                "no transfer attack was finished on it",
                StudyOfTargets.of("plain", "labels", "adapted")
                        .account()
                        .verification()
                        .reason());
        assertTrue(StudyOfTargets.of(NEEDED).account().verification().isVerified());
        assertTrue(StudyOfTargets.of("plain", "labels", "other model", "adapted")
                .account()
                .verification()
                .isVerified());
    }

    @Test
    void an_attack_that_is_not_finished_proves_nothing() {
        Account account = StudyOfTargets.of(NEEDED).unfinished("labels").account();

        assertEquals(
                "no label-only attack was finished on it",
                account.verification().reason());
        assertTrue(account.notTried().contains("label-only: no such attack is finished"), account.notTried()::toString);
        assertTrue(
                account.notTried().contains("attacks of the study that are not finished: 1"),
                account.notTried()::toString);
    }

    @Test
    void a_defense_that_costs_more_than_two_points_is_unverified_however_it_was_attacked() {
        assertTrue(StudyOfTargets.of(NEEDED)
                .accurate(0.975, 0.955)
                .account()
                .verification()
                .isVerified());
        assertEquals(
                "the undefended target closest to its test accuracy of 95.0 % has 97.5 %, 2.5 points away, and at most 2 are"
                        + " matched utility",
                StudyOfTargets.of(NEEDED)
                        .accurate(0.975, 0.95)
                        .account()
                        .verification()
                        .reason());
    }

    @Test
    void a_defense_is_held_against_the_undefended_target_of_the_same_accuracy_by_the_strongest_attack_on_either() {
        StudyOfTargets study = StudyOfTargets.of(NEEDED)
                .finds("plain", 0.7)
                .finds("white", 0.2)
                .finds("labels", 0.3)
                .finds("surrogates", 0.3)
                .finds("adapted", 0.4);

        String held = study.account().verdict();
        assertTrue(held.startsWith("Verified: a label-only, a transfer and an adapted attack ran on it"), held);
        assertTrue(held.contains("the strongest of 4 on this one finds −30.0 points"), held);
        assertTrue(held.endsWith(": it protects."), held);
        String open =
                study.finds("adapted", MeasuredCells.reversed(0.7)).account().verdict();
        assertTrue(open.endsWith(": no protection is shown."), open);
        String worse = study.finds("adapted", 0.9).account().verdict();
        assertTrue(worse.endsWith(": no protection is shown."), worse);
    }

    @Test
    void at_worst_each_person_is_shown_by_the_attack_that_reveals_them_most() {
        double[] first = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
        double[] second = {0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0};
        Account account = StudyOfTargets.of("white", "labels")
                .finds("white", first)
                .finds("labels", second)
                .account();

        String worst = account.worst().orElseThrow();
        assertTrue(worst.startsWith("At worst Acc@1(judge) is 50.0 % ["), worst);
        assertTrue(worst.contains("(attack white, white-box), the most of 2 attacks; 75.0 % ["), worst);
    }

    @Test
    void label_smoothing_by_zero_is_no_defense_and_nothing_is_claimed_for_it() {
        MeasuredCells cells = new MeasuredCells(MeasuredCells.PLAN, "study");
        ComparedCell cell = cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.7)));
        ReportedStudy study = new ReportedStudy("study", List.of(new ReportedCell(cell.cell(), cell.record())), "");

        assertFalse(Evidence.isAbout(study));
        Evidence evidence = Evidence.of(study, Setting.of(study), Optional.of(StudyOfTargets.MAIN));
        assertEquals("", new DefensePage(evidence).text());
        assertEquals(
                List.of("undefended"),
                evidence.attacked().stream().map(TestedTarget::label).toList());
        assertTrue(Evidence.isAbout(StudyOfTargets.of("white").reported()));
    }

    @Test
    void what_is_not_tried_is_said_with_the_access_that_the_plan_grants() {
        Account account = StudyOfTargets.granting("scores", "scores", "labels").account();

        assertEquals(
                List.of(
                        "white-box: the plan grants scores",
                        "transfer: no such attack is finished",
                        "adapted: no such attack is finished"),
                account.notTried());
    }

    @Test
    void in_the_terminal_a_target_has_one_line_or_where_it_was_attacked_in_several_ways_all_lines() {
        String one = new DefensePage(StudyOfTargets.of("white").evidence()).text();
        assertEquals(1, one.lines().count(), one);
        assertTrue(
                one.startsWith(DEFENSE + " – Unverified: no label-only, no transfer, no adapted attack was finished"),
                one);

        String all = new DefensePage(StudyOfTargets.of(NEEDED).evidence()).text();
        assertTrue(all.contains("  tried: attack labels (label-only): 49.2 % ["), all);
        assertTrue(all.contains("Utility and leakage:\n  undefended: test accuracy 97.5 %, Acc@1(judge) 49.2 %"), all);
    }

    @Test
    void a_point_of_the_curve_is_a_target_with_its_accuracy_and_its_strongest_attack() {
        Leakage leakage = Leakage.of(StudyOfTargets.of(NEEDED)
                .accurate(0.98, 0.97)
                .finds("adapted", 0.8)
                .evidence());

        assertEquals(2, leakage.chart().series().size());
        assertEquals(List.of(97.0), leakage.chart().series().get(1).x());
        assertEquals(
                100 * MeasuredCells.mean(MeasuredCells.around(0.8)),
                leakage.chart().series().get(1).y().get(0),
                1e-9);
    }
}
