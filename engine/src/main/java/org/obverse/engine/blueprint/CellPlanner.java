package org.obverse.engine.blueprint;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.plan.Classes;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.unit.DataUnit;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.GeneratorUnit;
import org.obverse.engine.unit.LoadedClassifier;
import org.obverse.engine.unit.Maker;
import org.obverse.engine.unit.ModelUse;
import org.obverse.engine.unit.StageUse;
import org.obverse.engine.unit.TrainedClassifier;

/** Adds the units of one cell to the study's graph: data and networks first, then the attack, then what judges it. */
final class CellPlanner {
    private final Plan plan;
    private final Workplace workplace;
    private final CellComponents components;
    private final DataImages images;
    private final Set<UnitName> units = new LinkedHashSet<>();

    /** What a cell is planned with. */
    record Workplace(Equipment equipment, Maker maker, RunGraph.Builder graph, PlanChecks checks, Findings findings) {}

    CellPlanner(Plan plan, Workplace workplace, CellComponents components, DataImages images) {
        this.plan = plan;
        this.workplace = workplace;
        this.components = components;
        this.images = images;
    }

    /**
     * @param files digest of the files that the data set reads; empty if it reads none
     * Adds the units of a cell; where some of its components are missing, those that need none of them.
     *
     * @return the names of the cell's units, each behind its inputs
     */
    List<UnitName> units(String files) {
        Input<MeasuredData> data = add(new DataUnit(
                name(DataUnit.SLOT),
                workplace.equipment(),
                plan.data(),
                images,
                plan.seeds().split(),
                files));
        Map<String, TargetNetwork> targets = new LinkedHashMap<>();
        plan.targets()
                .values()
                .forEach(target -> components
                        .target(target.name())
                        .ifPresent(made -> targets.put(target.name(), target(target, made, data))));
        Map<String, Input<Network>> judges = new LinkedHashMap<>();
        plan.evaluation()
                .values()
                .forEach(judge -> components
                        .judge(judge.name())
                        .ifPresent(made -> judges.put(judge.name(), judge(judge, made, data))));
        List<Input<GeneratorNetwork>> generator = new ArrayList<>();
        plan.generator()
                .forEach(chosen ->
                        components.generator().ifPresent(made -> generator.add(generator(chosen, made, data))));
        if (components.isComplete()) {
            Networks networks = new Networks(data, targets, judges);
            AttackPlanner attacks = new AttackPlanner(this, plan, components, networks);
            List<Searched> searched = attacks.plan(generator);
            List<MembershipPlanner.Played> played = new MembershipPlanner(this, plan, components, networks).plan();
            new MetricPlanner(this, plan, components, networks).plan(searched, played);
            attacks.galleries(searched);
        }
        return List.copyOf(units);
    }

    private Input<GeneratorNetwork> generator(
            PlannedComponent<GeneratorArchitecture> chosen, GeneratorArchitecture made, Input<MeasuredData> data) {
        GeneratorUnit.Prior prior = new GeneratorUnit.Prior(
                chosen, made, plan.seeds().training(), data, images.plain().shape());
        if (prior.isTrained()) {
            workplace.findings().add(workplace.checks().generatorOrigin(prior.architecture(), images.plain()));
        }
        return add(new GeneratorUnit(
                name(GeneratorUnit.SLOT),
                workplace.equipment(),
                workplace.checks(),
                workplace.maker(),
                prior,
                plan.execution()));
    }

    /** A target, and what stands between it and its attackers. */
    record TargetNetwork(TargetPlan plan, DefendedTarget defended, ModelUse use, Input<Network> model) {
        StageUse.Target attacked() {
            return new StageUse.Target(plan, model, defended.filtering(), defended.filters());
        }
    }

    private TargetNetwork target(TargetPlan target, ClassifierArchitecture made, Input<MeasuredData> data) {
        DefendedTarget defended = new DefendedTarget(target, components.defenses(target.name()));
        ClassifierArchitecture architecture = workplace
                .maker()
                .ask(
                        target.path() + ".classifier",
                        target.classifier(),
                        target.classifier().subject(),
                        () -> defended.composition().transform(made));
        ModelUse model = new ModelUse(
                "target",
                "target",
                target.path(),
                target.classifier(),
                architecture,
                images.plain().shape(),
                images.plain().classes(),
                Part.TRAINING,
                order(target),
                target.seed());
        TrainedClassifier.Questions questions = new TrainedClassifier.Questions(
                workplace.maker(), workplace.checks(), built -> objections(target, defended, built));
        return new TargetNetwork(target, defended, model, model(model, target.origin(), defended, questions, data));
    }

    /** Labels; one that does not have each class once is refused by the checks of the plan. */
    private List<Integer> order(TargetPlan target) {
        List<Integer> labels = Classes.labels(target.classOrder(), classNames());
        return Set.copyOf(labels).size() == classNames().size() ? labels : List.of();
    }

    private List<Problem> objections(TargetPlan target, DefendedTarget defended, Classifier built) {
        List<Problem> problems =
                new ArrayList<>(workplace.checks().lossTaps(target, defended.parts(), DefendedTarget.taps(built)));
        problems.addAll(workplace.checks().gradient(target, built));
        return problems;
    }

    private Input<Network> judge(EvaluationPlan judge, ClassifierArchitecture made, Input<MeasuredData> data) {
        Shape own = images.plain().shape();
        ModelUse model = new ModelUse(
                "evaluation",
                "evaluation",
                judge.path(),
                judge.classifier(),
                made,
                judge.pixels() == 0 ? own : new Shape(own.get(0), judge.pixels(), judge.pixels()),
                judge.classes() == 0 ? images.plain().classes() : judge.classes(),
                Part.POOL,
                List.of(),
                judge.seed());
        DefendedTarget undefended = DefendedTarget.none(judge.origin());
        return model(
                model,
                judge.origin(),
                undefended,
                new TrainedClassifier.Questions(workplace.maker(), workplace.checks(), built -> List.of()),
                data);
    }

    private Input<Network> model(
            ModelUse model,
            Origin origin,
            DefendedTarget defended,
            TrainedClassifier.Questions questions,
            Input<MeasuredData> data) {
        UnitName name = name(model.slot());
        if (origin instanceof Origin.Trained trained) {
            return add(new TrainedClassifier(
                    name,
                    workplace.equipment(),
                    questions,
                    model,
                    defended.course(trained),
                    TrainedClassifier.Lessons.of(data, model.part(), model.input()),
                    plan.execution()));
        }
        return add(new LoadedClassifier(
                name,
                workplace.equipment(),
                questions,
                model,
                origin instanceof Origin.Loaded loaded ? loaded.location() : "",
                defended.changing(),
                model.part() == Part.TRAINING && images.plain().parts().contains(Part.TRAINING)
                        ? List.of(data)
                        : List.of()));
    }

    Workplace workplace() {
        return workplace;
    }

    Shape image() {
        return images.plain().shape();
    }

    List<String> classNames() {
        return images.plain().classNames();
    }

    UnitName name(String slot) {
        return name(slot, List.of());
    }

    UnitName name(String slot, List<Integer> classes) {
        return workplace.graph().name(slot, classes);
    }

    UnitName name(Stage stage, List<Integer> classes) {
        return name(stage.label(), classes);
    }

    /** The unit, or the equal one of another cell. */
    <P> Input<P> add(Unit<P> unit) {
        Input<P> input = workplace.graph().add(unit);
        units.add(input.name());
        return input;
    }
}
