package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.metric.Judged.Basis;
import org.obverse.api.network.Pretrained;
import org.obverse.engine.gate.JudgeChecks;
import org.obverse.engine.gate.JudgeChecks.Asked;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.TargetPlan;

/** What a metric of an attack is held against: the models that the attack asks, and who of it reads public images. */
record Doubts(CellPlanner cell, Plan plan, CellComponents made, Networks networks) {
    /** Tells on which grounds a metric of an attack may be refused. */
    void mayArise(MetricPlan metric) {
        Acceptance acceptance = cell.workplace().acceptance();
        if (!readers().isEmpty()) {
            acceptance.may(Ground.PRIVATE_IN_PUBLIC);
        }
        Basis basis = JudgeChecks.basis(metric);
        if (basis != Basis.CROP) {
            metric.judges().forEach(name -> mayArise(acceptance, plan.judge(name), basis));
        }
    }

    private void mayArise(Acceptance acceptance, EvaluationPlan judge, Basis basis) {
        if (judge.classes() == 0) {
            acceptance.may(Ground.WEAK_JUDGE);
            if (basis == Basis.CONFIDENCE) {
                acceptance.may(Ground.UNCALIBRATED_JUDGE);
            }
        }
        if (!(judge.origin() instanceof Origin.Trained)) {
            acceptance.may(Ground.JUDGE_IS_TARGET);
            acceptance.may(Ground.JUDGE_OF_ANOTHER_SPLIT);
        } else if (asked().stream().anyMatch(asked -> mayBeAlike(judge, asked.plan()))) {
            acceptance.may(Ground.JUDGE_TRAINED_ALIKE);
        }
    }

    private static boolean mayBeAlike(EvaluationPlan judge, TargetPlan target) {
        return target.origin() instanceof Origin.Trained
                && (judge.classifier().name().equals(target.classifier().name())
                        || judge.classifier().configuration() instanceof Pretrained);
    }

    /** The models that the attack asks, each once. */
    List<Asked> asked() {
        return plan.attack().stream()
                .flatMap(attack -> attack.stages().stream())
                .map(StagePlan::target)
                .distinct()
                .map(networks::target)
                .map(target -> new Asked(target.plan(), target.model()))
                .toList();
    }

    /** What reads public images, of the attack and of the generator's training. */
    List<String> readers() {
        List<String> readers = new ArrayList<>();
        plan.generator()
                .forEach(generator -> made.generator()
                        .filter(architecture -> architecture instanceof TrainableGenerator
                                && architecture.weights().isEmpty())
                        .ifPresent(trained -> readers.add("the training of " + generator.name())));
        plan.attack().stream()
                .flatMap(attack -> attack.stages().stream())
                .map(StagePlan::component)
                .filter(component -> Needs.of(component, components()).data().contains(Part.PUBLIC))
                .forEach(component -> readers.add(component.name()));
        return readers;
    }

    private Components components() {
        return cell.workplace().equipment().components();
    }
}
