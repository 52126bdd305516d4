package org.obverse.engine.unit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.defense.Defense;
import org.obverse.api.event.UnitName;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Provisional;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.EpochFile;
import org.obverse.engine.product.Network;
import org.obverse.engine.random.Midpoints;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.Untrained;

/** Trains a target, an evaluation model or an attacker's reference model. */
public final class TrainedClassifier implements Provisional<Network> {
    private final UnitName name;
    private final Equipment equipment;
    private final Questions questions;
    private final ModelUse model;
    private final Course course;
    private final Lessons lessons;
    private final List<Input<Network>> teacher;
    private final Ingredients ingredients;

    /**
     * How a model is trained.
     *
     * @param defenses those that change the training or the network
     */
    public record Course(TrainingRecipe recipe, List<PlannedComponent<Defense>> defenses, Composition composition) {}

    /** What others have against the network that will be trained. */
    @FunctionalInterface
    public interface Objections {
        List<Problem> to(Classifier untrained);
    }

    /** Asks while the plan is checked. */
    public record Questions(Maker maker, PlanChecks checks, Objections objections) {
        /** All that is wrong with a unit's network, with lines of the plan. */
        List<Problem> about(Unit<Network> unit, ModelUse model, Supplier<Classifier> network, Known known) {
            try {
                Classifier classifier = maker.ask(
                        model.key() + ".classifier",
                        model.chosen(),
                        model.chosen().subject(),
                        network);
                known.tell(unit, classifier);
                return objections.to(classifier);
            } catch (InvalidConfigurationException e) {
                List<Problem> located = checks.located(model.key(), e.problems());
                throw e.isMissing()
                        ? InvalidConfigurationException.missing(located)
                        : new InvalidConfigurationException(located);
            }
        }
    }

    /**
     * @param teacher that a defense names; empty if none does
     */
    public TrainedClassifier(
            UnitName name,
            Equipment equipment,
            Questions questions,
            ModelUse model,
            Course course,
            Lessons lessons,
            List<Input<Network>> teacher,
            Execution execution) {
        this.name = name;
        this.equipment = equipment;
        this.questions = questions;
        this.model = model;
        this.course = course;
        this.lessons = lessons;
        this.teacher = List.copyOf(teacher);
        this.ingredients = IngredientList.of(equipment, model.slot())
                .component("classifier", model.chosen())
                .components("defense", course.defenses())
                .value("training", CanonicalJson.of(Node.of(course.recipe())))
                .value("input", model.input())
                .value("part", lessons.identity())
                .seed(model.seed(), model.role())
                .computed(execution)
                .ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return model.chosen().name();
    }

    @Override
    public List<Input<?>> inputs() {
        List<Input<?>> inputs = new ArrayList<>(lessons.inputs());
        inputs.addAll(teacher);
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    /** Builds the network once to learn whether it can be built. */
    @Override
    public List<Problem> check(Known known) {
        List<Problem> problems = new ArrayList<>(questions.about(this, model, this::untrained, known));
        for (Input<Network> by : teacher) {
            known.of(by, Classifier.class)
                    .map(other -> questions.checks().teacher(model.key(), other.classes(), model.outputs()))
                    .ifPresent(problems::addAll);
        }
        return problems;
    }

    private Classifier untrained() {
        try (var trial = equipment.manager().newSubManager()) {
            Parameters parameters = new Parameters(trial, ParameterSource.fresh(new Midpoints()));
            course.composition().requireApart(model.architecture(), model.input(), model.outputs(), trial);
            return Untrained.of(model.build(parameters), parameters);
        }
    }

    @Override
    public Network perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(model.seed(), model.role()));
        Classifier classifier = fresh(loan);
        List<EpochFigures> history = new ClassifierTrainer(equipment.torch())
                .train(
                        classifier,
                        lessons.images(inputs),
                        course.recipe(),
                        composition(inputs, loan),
                        loan,
                        new EpochFile(context.unfinished()));
        Map<String, Double> figures = new LinkedHashMap<>();
        Map<String, String> origin = new LinkedHashMap<>();
        for (Lessons.Exam exam : lessons.exam(inputs)) {
            figures.putAll(LoadedClassifier.tested(classifier, exam.images(), loan));
            origin.putAll(exam.origin());
        }
        return new Network(classifier, history, figures, origin);
    }

    private Composition composition(Inputs inputs, UnitLoan loan) {
        Composition own = holdingOut(inputs).builtBy(model.architecture());
        return teacher.stream()
                .findFirst()
                .map(by ->
                        own.taughtBy(inputs.get(by).classifier(), loan.random().child("teacher")))
                .orElse(own);
    }

    private Composition holdingOut(Inputs inputs) {
        return lessons.heldOut(inputs).map(course.composition()::holdingOut).orElse(course.composition());
    }

    private Classifier fresh(UnitLoan loan) {
        return model.build(new Parameters(
                loan.manager(), ParameterSource.fresh(loan.random().child("initial"))));
    }

    /** As it is before the first step; a judge says of itself that it is perfect, so that metrics take the time that they will. */
    @Override
    public Network provisional(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(model.seed(), model.role()));
        return new Network(
                fresh(loan), List.of(), Map.of(Network.TEST_ACCURACY, 1.0, Network.TEST_CALIBRATION, 0.0), Map.of());
    }

    @Override
    public Length length(Inputs inputs) {
        TrainingRecipe recipe = course.recipe();
        return new Length(holdingOut(inputs).batches(lessons.images(inputs).size(), recipe.batch()), recipe.epochs());
    }

    @Override
    public Codec<Network> codec() {
        return new Network.Form(equipment.torch(), model.key(), model::build);
    }
}
