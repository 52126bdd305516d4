package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.graph.Input;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.unit.GalleryUnit;
import org.obverse.engine.unit.PrepareUnit;
import org.obverse.engine.unit.SearchSpace;
import org.obverse.engine.unit.SearchUnit;
import org.obverse.engine.unit.StageUse;

/** Adds the units of a cell's attack and of its pictures. */
final class AttackPlanner {
    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents made;
    private final Networks networks;
    private final Components components;

    AttackPlanner(CellPlanner cell, Plan plan, CellComponents made, Networks networks) {
        this.cell = cell;
        this.plan = plan;
        this.made = made;
        this.networks = networks;
        this.components = cell.workplace().equipment().components();
    }

    List<Searched> plan(List<Input<GeneratorNetwork>> generator) {
        return plan.attack().stream().map(attack -> search(attack, generator)).toList();
    }

    void galleries(List<Searched> searched) {
        for (AttackPlan attack : plan.attack()) {
            cell.add(new GalleryUnit(
                    cell.name(GalleryUnit.SLOT, classes(attack)),
                    cell.workplace().equipment(),
                    attack,
                    networks.data(),
                    searched.get(0).found(),
                    plan.seeds().evaluation()));
        }
    }

    private List<Integer> classes(AttackPlan attack) {
        return attack.classes().of(cell.classNames(), plan.seeds().split());
    }

    private Searched search(AttackPlan attack, List<Input<GeneratorNetwork>> generator) {
        SearchSpace space = new SearchSpace(generator, List.of());
        for (StagePlan<Preparer> stage : attack.prepare()) {
            StageUse use = use(stage, attack);
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
            before = stage(stage, attack, space, before);
            stages.put(stage.stage(), before);
        }
        return new Searched(space, stages);
    }

    private List<Input<Found>> stage(
            StagePlan<?> stage, AttackPlan attack, SearchSpace space, List<Input<Found>> before) {
        StageUse use = use(stage, attack);
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

    private StageUse use(StagePlan<?> stage, AttackPlan attack) {
        TargetNetwork target = networks.target(stage.target());
        return new StageUse(
                stage,
                made.stage(stage.stage()),
                Needs.of(stage.component(), components),
                target.attacked(),
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
}
