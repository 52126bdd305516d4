package org.obverse.engine.blueprint;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.data.Part;
import org.obverse.api.event.UnitName;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Input;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.plan.Classes;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.training.Untrained;
import org.obverse.engine.unit.Lessons;
import org.obverse.engine.unit.LoadedClassifier;
import org.obverse.engine.unit.ModelUse;
import org.obverse.engine.unit.StageUse;
import org.obverse.engine.unit.TrainedClassifier;

/** Adds the units of a cell's targets and evaluation models. */
final class ModelPlanner {
    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents components;
    private final DataImages images;
    private final Input<MeasuredData> data;

    ModelPlanner(CellPlanner cell, Plan plan, CellComponents components, DataImages images, Input<MeasuredData> data) {
        this.cell = cell;
        this.plan = plan;
        this.components = components;
        this.images = images;
        this.data = data;
    }

    /** By name; those that could not be made are missing. */
    Map<String, TargetNetwork> targets() {
        Map<String, TargetNetwork> targets = new LinkedHashMap<>();
        plan.targets().values().forEach(target -> target(target, targets));
        return targets;
    }

    /** By name; those that could not be made are missing. */
    Map<String, Input<Network>> judges() {
        Map<String, Input<Network>> judges = new LinkedHashMap<>();
        plan.evaluation()
                .values()
                .forEach(judge ->
                        components.judge(judge.name()).ifPresent(made -> judges.put(judge.name(), judge(judge, made))));
        return judges;
    }

    /**
     * A target, and what stands between it and its attackers.
     *
     * @param teacher another target, if a defense names one
     */
    record TargetNetwork(
            TargetPlan plan,
            DefendedTarget defended,
            ModelUse use,
            Input<Network> model,
            Optional<TargetNetwork> teacher) {
        /** What it is not trained on. */
        HeldOutImages held() {
            double share = plan.origin() instanceof Origin.Trained
                    ? defended.composition().heldOut()
                    : 0;
            return new HeldOutImages(share, use.seed(), use.role());
        }

        StageUse.Target attacked() {
            return new StageUse.Target(plan, model, defended.filtering(), defended.filters());
        }
    }

    /** Behind its teacher; nothing if one of both could not be made. */
    private Optional<TargetNetwork> target(TargetPlan target, Map<String, TargetNetwork> targets) {
        if (!targets.containsKey(target.name())) {
            DefendedTarget defended = new DefendedTarget(target, components.defenses(target.name()));
            Optional<TargetNetwork> teacher = defended.teacher().flatMap(name -> target(plan.target(name), targets));
            if (teacher.isPresent() || defended.teacher().isEmpty()) {
                components
                        .target(target.name())
                        .ifPresent(made -> targets.put(target.name(), target(target, defended, made, teacher)));
            }
        }
        return Optional.ofNullable(targets.get(target.name()));
    }

    private TargetNetwork target(
            TargetPlan target, DefendedTarget defended, ClassifierArchitecture made, Optional<TargetNetwork> teacher) {
        ClassifierArchitecture architecture = cell.workplace()
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
                cell.workplace().maker(), cell.workplace().checks(), built -> objections(target, defended, built));
        Input<Network> network = model(
                model,
                target.origin(),
                defended,
                questions,
                teacher.map(TargetNetwork::model).stream().toList());
        if (images.plain().parts().contains(Part.TRAINING)) {
            int samples = images.plain().images(Part.TRAINING).size();
            cell.workplace().findings().add(cell.workplace().checks().bounded(target, defended.parts(), samples));
        }
        return new TargetNetwork(target, defended, model, network, teacher);
    }

    /** Labels; one that does not have each class once is refused by the checks of the plan. */
    private List<Integer> order(TargetPlan target) {
        List<Integer> labels = Classes.labels(target.classOrder(), cell.classNames());
        return Set.copyOf(labels).size() == cell.classNames().size() ? labels : List.of();
    }

    private List<Problem> objections(TargetPlan target, DefendedTarget defended, Classifier built) {
        List<Problem> problems = new ArrayList<>(
                cell.workplace().checks().lossTaps(target, defended.parts(), DefendedTarget.taps(built)));
        problems.addAll(cell.workplace().checks().gradient(target, built));
        if (built instanceof Untrained network) {
            problems.addAll(cell.workplace().checks().frozen(target, defended.parts(), network.weights()));
        }
        return problems;
    }

    private Input<Network> judge(EvaluationPlan judge, ClassifierArchitecture made) {
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
                new TrainedClassifier.Questions(
                        cell.workplace().maker(), cell.workplace().checks(), built -> List.of()),
                List.of());
    }

    private Input<Network> model(
            ModelUse model,
            Origin origin,
            DefendedTarget defended,
            TrainedClassifier.Questions questions,
            List<Input<Network>> teacher) {
        UnitName name = cell.name(model.slot());
        if (origin instanceof Origin.Trained trained) {
            return cell.add(new TrainedClassifier(
                    name,
                    cell.workplace().equipment(),
                    questions,
                    model,
                    defended.course(trained),
                    Lessons.of(seen(model), model.part(), model.input()),
                    teacher,
                    plan.execution()));
        }
        return cell.add(new LoadedClassifier(
                name,
                cell.workplace().equipment(),
                questions,
                model,
                origin instanceof Origin.Loaded loaded ? loaded.location() : "",
                defended.changing(),
                isKnown(model) ? List.of(seen(model)) : List.of()));
    }

    private Input<MeasuredData> seen(ModelUse model) {
        return model.part() == Part.TRAINING ? data : cell.pool(data);
    }

    /** A target is tried on what it is said to be trained on, a judge of the data's classes on the test images. */
    private boolean isKnown(ModelUse model) {
        Part part = model.part() == Part.TRAINING ? Part.TRAINING : Part.TEST;
        boolean isOfData = model.part() == Part.TRAINING
                || plan.evaluation().values().stream()
                        .anyMatch(judge -> judge.path().equals(model.key()) && judge.classes() == 0);
        return isOfData && images.plain().parts().contains(part);
    }
}
