package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.control.Control;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.control.ControlUnit;
import org.obverse.engine.control.ControlUse;
import org.obverse.engine.graph.Input;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.Found;

/** Adds the units of a cell's controls. */
final class ControlPlanner {
    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents made;
    private final Networks networks;

    ControlPlanner(CellPlanner cell, Plan plan, CellComponents made, Networks networks) {
        this.cell = cell;
        this.plan = plan;
        this.made = made;
        this.networks = networks;
    }

    /** A control, and what is judged of it. */
    record Controlled(ControlUse use, Input<Found> candidates) {}

    /**
     * @param searched what the attack found; empty if the plan has none
     */
    List<Controlled> plan(List<Searched> searched) {
        List<Controlled> all = new ArrayList<>();
        for (int i = 0; i < searched.size(); i++) {
            ControlUse.Attack attack = attack(plan.attack().get(i), searched.get(i));
            TargetNetwork target = networks.target(plan.attack().get(i).target());
            for (int control = 0; control < plan.controls().size(); control++) {
                all.add(controlled(control, attack, target));
            }
        }
        return all;
    }

    private ControlUse.Attack attack(AttackPlan attack, Searched searched) {
        return new ControlUse.Attack(
                searched.space(),
                searched.found(),
                searched.stages().values().stream().flatMap(Collection::stream).toList(),
                made.openers(),
                attack.classes().of(cell.classNames(), plan.seeds().split()),
                centerCrop(attack));
    }

    /** Of the last stage that states one. */
    private static int centerCrop(AttackPlan attack) {
        return attack.stages().stream()
                .map(stage -> stage.component().configuration())
                .filter(CenterCropped.class::isInstance)
                .mapToInt(stage -> ((CenterCropped) stage).centerCrop())
                .reduce(0, (earlier, later) -> later);
    }

    private Controlled controlled(int index, ControlUse.Attack attack, TargetNetwork target) {
        PlannedComponent<Control> chosen = plan.controls().get(index);
        ControlUse use = new ControlUse(
                index,
                chosen,
                made.control(index),
                Needs.of(chosen, cell.workplace().equipment().components()),
                target.attacked(),
                networks.data(),
                attack,
                plan.seeds().evaluation(),
                cell.workplace().checks(),
                cell.workplace().maker());
        return new Controlled(
                use,
                cell.add(new ControlUnit(
                        cell.name(use.slot()), cell.workplace().equipment(), use, cell.image(), plan.execution())));
    }
}
