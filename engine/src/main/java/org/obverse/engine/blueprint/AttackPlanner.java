package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.blueprint.CellPlanner.TargetNetwork;
import org.obverse.engine.graph.Input;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.StoredCandidates.Way;
import org.obverse.engine.unit.GalleryUnit;
import org.obverse.engine.unit.MetricUse;
import org.obverse.engine.unit.PrepareUnit;
import org.obverse.engine.unit.ReconstructionMetricUnit;
import org.obverse.engine.unit.SearchSpace;
import org.obverse.engine.unit.SearchUnit;
import org.obverse.engine.unit.StageUse;
import org.obverse.engine.unit.TargetMetricUnit;

/** Adds the units of a cell's attack, of its metrics and of its pictures. */
final class AttackPlanner {
    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents made;
    private final Components components;

    AttackPlanner(CellPlanner cell, Plan plan, CellComponents made) {
        this.cell = cell;
        this.plan = plan;
        this.made = made;
        this.components = cell.workplace().equipment().components();
    }

    /** What every unit of the attack can be wired to. */
    private record Networks(
            Input<MeasuredData> data, Map<String, TargetNetwork> targets, Map<String, Input<Network>> judges) {
        TargetNetwork target(String name) {
            return named(name, targets);
        }

        Input<Network> judge(String name) {
            return named(name, judges);
        }
    }

    private static <T> T named(String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the plan has no '" + name + "', only " + all.keySet());
        }
        return found;
    }

    /** What the attack found, stage by stage; each stage has its units. */
    private record Searched(SearchSpace space, Map<Stage, List<Input<Found>>> stages) {
        List<Input<Found>> found() {
            return of(Collections.max(stages.keySet()));
        }

        List<Input<Found>> of(Stage stage) {
            return Objects.requireNonNull(stages.get(stage), () -> "no stage " + stage);
        }
    }

    void plan(
            Input<MeasuredData> data,
            Map<String, TargetNetwork> targets,
            Map<String, Input<Network>> judges,
            List<Input<GeneratorNetwork>> generator) {
        Networks networks = new Networks(data, targets, judges);
        List<Searched> searched = new ArrayList<>();
        plan.attack().forEach(attack -> searched.add(search(attack, networks, generator)));
        for (int i = 0; i < plan.metrics().size(); i++) {
            metric(i, networks, searched);
        }
        for (AttackPlan attack : plan.attack()) {
            cell.add(new GalleryUnit(
                    cell.name(GalleryUnit.SLOT, classes(attack)),
                    cell.workplace().equipment(),
                    attack,
                    data,
                    searched.get(0).found(),
                    plan.seeds().evaluation()));
        }
    }

    private List<Integer> classes(AttackPlan attack) {
        return attack.classes().of(cell.classNames(), plan.seeds().split());
    }

    private Searched search(AttackPlan attack, Networks networks, List<Input<GeneratorNetwork>> generator) {
        SearchSpace space = new SearchSpace(generator, List.of());
        for (StagePlan<Preparer> stage : attack.prepare()) {
            StageUse use = use(stage, attack, networks);
            SearchSpace planned = new SearchSpace(use.needs().generator().isEmpty() ? List.of() : generator, List.of());
            space = new SearchSpace(
                    List.of(),
                    List.of(cell.add(new PrepareUnit(
                            cell.name(stage.stage(), use.allClasses()),
                            cell.workplace().equipment(),
                            use,
                            planned,
                            cell.image(),
                            plan.seeds().attack(),
                            plan.execution()))));
        }
        Map<Stage, List<Input<Found>>> stages = new EnumMap<>(Stage.class);
        List<Input<Found>> before = List.of();
        for (StagePlan<?> stage : attack.searches()) {
            before = stage(stage, attack, networks, space, before);
            stages.put(stage.stage(), before);
        }
        return new Searched(space, stages);
    }

    private List<Input<Found>> stage(
            StagePlan<?> stage, AttackPlan attack, Networks networks, SearchSpace space, List<Input<Found>> before) {
        StageUse use = use(stage, attack, networks);
        List<Input<Found>> units = new ArrayList<>();
        for (List<Integer> group : groups(use.requirements().granularity(), attack)) {
            List<Input<Found>> starts = before.stream()
                    .filter(start -> start.name().classes().stream().anyMatch(group::contains))
                    .toList();
            units.add(cell.add(new SearchUnit(
                    cell.name(stage.stage(), group),
                    cell.workplace().equipment(),
                    use,
                    new SearchUnit.Search(
                            space,
                            starts,
                            made.openers(),
                            cell.image(),
                            plan.seeds().attack()),
                    plan.execution())));
        }
        return units;
    }

    private StageUse use(StagePlan<?> stage, AttackPlan attack, Networks networks) {
        TargetNetwork target = networks.target(stage.target());
        return new StageUse(
                stage,
                made.stage(stage.stage()),
                Needs.of(stage.component(), components),
                new StageUse.Target(
                        target.plan(),
                        target.model(),
                        target.defended().filtering(),
                        target.defended().filters()),
                networks.data(),
                classes(attack),
                cell.workplace().checks(),
                cell.workplace().maker());
    }

    /** Whole classes, in groups whose sizes differ by at most one. */
    private List<List<Integer>> groups(Granularity granularity, AttackPlan attack) {
        List<Integer> classes = classes(attack);
        int candidates = Math.max(1, attack.sample().component().requirements().candidates());
        int most = switch (granularity) {
            case ALL_CLASSES -> classes.size();
            case BATCH_OF_CLASSES -> Math.max(1, plan.execution().batch() / candidates);
            case ONE_CLASS -> 1;
        };
        int count = (classes.size() + most - 1) / most;
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(classes.subList(classes.size() * i / count, classes.size() * (i + 1) / count));
        }
        return groups;
    }

    private void metric(int index, Networks networks, List<Searched> searched) {
        MetricPlan metric = plan.metrics().get(index);
        Metric component = made.metric(index);
        MetricUse use = new MetricUse(
                index,
                metric,
                component,
                networks.data(),
                plan.seeds().evaluation(),
                plan.execution(),
                cell.workplace().checks());
        if (component instanceof TargetMetric ofTarget) {
            cell.workplace().findings().add(cell.workplace().checks().ofTarget(index));
            cell.add(new TargetMetricUnit(
                    cell.name(MetricUse.SLOT),
                    cell.workplace().equipment(),
                    use,
                    ofTarget,
                    networks.target(metric.target()).model()));
        } else if (component instanceof ReconstructionMetric ofAttack) {
            searched.forEach(found -> cell.add(new ReconstructionMetricUnit(
                    cell.name(MetricUse.SLOT),
                    cell.workplace().equipment(),
                    use,
                    ofAttack,
                    shown(metric, networks, found))));
            if (searched.isEmpty()) {
                cell.workplace().findings().add(cell.workplace().checks().withoutAttack(index));
            }
        }
    }

    private ReconstructionMetricUnit.Shown shown(MetricPlan metric, Networks networks, Searched searched) {
        Requirements requirements = metric.metric().requirements();
        return new ReconstructionMetricUnit.Shown(
                metric.of().map(searched::of).orElseGet(searched::found),
                requirements.reads().contains(Reading.SNAPSHOTS) ? Way.SHOWN : Way.LEFT_OUT,
                requirements.reads().contains(Reading.TARGET)
                        ? List.of(networks.target(metric.target()).model())
                        : List.of(),
                metric.judge().isEmpty()
                        ? List.of()
                        : List.of(new ReconstructionMetricUnit.Judge(
                                named(metric.judge(), plan.evaluation()), networks.judge(metric.judge()))),
                searched.space());
    }
}
