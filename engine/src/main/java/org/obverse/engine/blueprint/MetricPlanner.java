package org.obverse.engine.blueprint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.blueprint.ControlPlanner.Controlled;
import org.obverse.engine.blueprint.MembershipPlanner.Played;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.gate.Gate;
import org.obverse.engine.gate.SampleChecks;
import org.obverse.engine.graph.Input;
import org.obverse.engine.membership.MembershipMetricUnit;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.StoredCandidates.Way;
import org.obverse.engine.unit.MetricUse;
import org.obverse.engine.unit.ReconstructionMetricUnit;
import org.obverse.engine.unit.ReconstructionMetricUnit.Scene;
import org.obverse.engine.unit.SearchSpace;
import org.obverse.engine.unit.TargetMetricUnit;

/** Adds the units of a cell's metrics. */
final class MetricPlanner {
    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents made;
    private final Networks networks;
    private final Gate gate;
    private final Doubts doubts;

    /**
     * @param accepted what is against the study and is accepted
     */
    MetricPlanner(CellPlanner cell, Plan plan, CellComponents made, Networks networks, List<Objection> accepted) {
        this.cell = cell;
        this.plan = plan;
        this.made = made;
        this.networks = networks;
        this.gate = new Gate(plan.accepted(), accepted);
        this.doubts = new Doubts(cell, plan, made, networks);
    }

    /**
     * @param searched what the attack found; empty if the plan has none
     * @param controlled what is judged beside that
     * @param played what membership attacks said; empty if the plan has none
     */
    void plan(List<Searched> searched, List<Controlled> controlled, List<Played> played) {
        boolean judged = false;
        for (int i = 0; i < plan.metrics().size(); i++) {
            MetricPlan metric = plan.metrics().get(i);
            MetricUse use = new MetricUse(
                    i,
                    metric,
                    made.metric(i),
                    networks.data(),
                    plan.seeds().evaluation(),
                    plan.execution(),
                    cell.workplace().checks(),
                    made.metric(i) instanceof ReconstructionMetric ? gate : gate.ofImagesAlone(),
                    new SampleChecks(cell.data(), classes(made.metric(i))));
            if (metric.metric().configuration() instanceof Sampled) {
                cell.workplace().acceptance().may(Ground.TOO_FEW_SAMPLES);
            }
            Metric component = made.metric(i);
            if (component instanceof TargetMetric ofTarget) {
                ofTarget(use, ofTarget);
            } else if (component instanceof ReconstructionMetric ofAttack) {
                ofAttack(use, ofAttack, searched);
                judged |= isOfDelivered(use.plan());
                ofControls(use, ofAttack, searched, controlled);
            } else if (component instanceof MembershipMetric ofMembership) {
                ofMembership(use, ofMembership, played);
            }
        }
        if (!controlled.isEmpty() && !judged) {
            cell.workplace().findings().add(cell.workplace().checks().unjudgedControls());
        }
    }

    /** Another stage's candidates have no counterpart among controls, and a control was nowhere on the way. */
    private static boolean isOfDelivered(MetricPlan metric) {
        return metric.of().isEmpty() && !metric.metric().requirements().reads().contains(Reading.SNAPSHOTS);
    }

    private void ofControls(
            MetricUse use, ReconstructionMetric metric, List<Searched> searched, List<Controlled> controlled) {
        if (isOfDelivered(use.plan())) {
            controlled.forEach(control -> cell.add(new ReconstructionMetricUnit(
                    cell.name(MetricUse.OF_CONTROL + control.use().plan().name()),
                    cell.workplace().equipment(),
                    use,
                    metric,
                    shown(
                            use.plan(),
                            List.of(control.candidates()),
                            searched.get(0).space(),
                            control.use().showsGenerator() ? Scene.GENERATOR : Scene.DATA))));
        }
    }

    private void ofTarget(MetricUse use, TargetMetric metric) {
        cell.workplace().findings().add(cell.workplace().checks().ofNoStage(use.index(), "a target"));
        TargetNetwork target = networks.target(use.plan().target());
        cell.add(new TargetMetricUnit(
                cell.name(MetricUse.SLOT), cell.workplace().equipment(), use, metric, target.model(), target.held()));
    }

    private void ofAttack(MetricUse use, ReconstructionMetric metric, List<Searched> searched) {
        doubts.mayArise(use.plan());
        searched.forEach(found -> cell.add(new ReconstructionMetricUnit(
                cell.name(MetricUse.SLOT),
                cell.workplace().equipment(),
                use,
                metric,
                shown(
                        use.plan(),
                        use.plan().of().map(found::of).orElseGet(found::found),
                        found.space(),
                        Scene.GENERATOR))));
        if (searched.isEmpty()) {
            cell.workplace().findings().add(cell.workplace().checks().withoutAttack(use.index()));
        }
    }

    private void ofMembership(MetricUse use, MembershipMetric metric, List<Played> played) {
        cell.workplace().findings().add(cell.workplace().checks().ofNoStage(use.index(), "membership attacks"));
        String asked = use.plan().target();
        String usual =
                plan.attack().stream().map(AttackPlan::target).findFirst().orElse(asked);
        plan.membership().stream()
                .map(MembershipPlan::target)
                .filter(target -> !asked.equals(target) && (plan.attack().isEmpty() || !asked.equals(usual)))
                .forEach(target -> cell.workplace()
                        .findings()
                        .add(cell.workplace().checks().ofAttackedTarget(use.index(), target)));
        played.forEach(one -> cell.add(new MembershipMetricUnit(
                cell.name(MetricUse.SLOT), cell.workplace().equipment(), use, metric, one.game(), one.attacks())));
        if (played.isEmpty()) {
            cell.workplace().findings().add(cell.workplace().checks().withoutMembership(use.index()));
        }
    }

    /** The private images of the attacked, or of everybody if no attack is judged. */
    private Set<Integer> classes(Metric metric) {
        return metric instanceof ReconstructionMetric && !plan.attack().isEmpty()
                ? Set.copyOf(plan.attack()
                        .get(0)
                        .classes()
                        .of(cell.classNames(), plan.seeds().split()))
                : IntStream.range(0, cell.data().classes()).boxed().collect(Collectors.toSet());
    }

    private ReconstructionMetricUnit.Shown shown(
            MetricPlan metric, List<Input<Found>> judged, SearchSpace space, Scene scene) {
        Requirements requirements = metric.metric().requirements();
        return new ReconstructionMetricUnit.Shown(
                judged,
                requirements.reads().contains(Reading.SNAPSHOTS) ? Way.SHOWN : Way.LEFT_OUT,
                requirements.reads().contains(Reading.TARGET)
                        ? List.of(networks.target(metric.target()).model())
                        : List.of(),
                metric.judges().stream()
                        .map(judge -> new ReconstructionMetricUnit.Judge(plan.judge(judge), networks.judge(judge)))
                        .toList(),
                metric.judges().isEmpty() ? List.of() : doubts.asked(),
                doubts.readers(),
                space,
                scene);
    }
}
