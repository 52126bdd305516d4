package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.event.Observer;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.Composition;

/** The components of one run, made on the run's thread and outside any scope, so that they outlive the units that use them. */
final class RunParts implements AutoCloseable {
    private final Plan plan;
    private final PlanChecks checks;
    private final Components components;
    private final NDManager manager;
    private final ComponentMaker maker;
    private final RunData data;
    private final Fitting fitting;
    private final List<DefensePart> defenses = new ArrayList<>();
    private final Map<Stage, Object> stages = new EnumMap<>(Stage.class);
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private final RunNetworks networks;

    private RunParts(
            Plan plan,
            PlanChecks checks,
            Components components,
            TorchRuntime torch,
            Path base,
            Supervision supervision) {
        this.plan = plan;
        this.checks = checks;
        this.components = components;
        this.manager = torch.manager().newSubManager();
        this.maker = new ComponentMaker(checks, components, torch, manager, base, supervision);
        try {
            List<Dataset> datasets =
                    maker.make("data", plan.data(), plan.seeds().split(), "data");
            makeDefenses();
            makeJudges();
            makeStages();
            refuse();
            this.data = new RunData(this, datasets.get(0));
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
        this.fitting = new Fitting(this, checks, components);
        this.networks = new RunNetworks(this, torch, manager);
    }

    /**
     * Those of a cell of a study.
     *
     * @param base the folder to which file names in the plan are relative
     * @throws InvalidConfigurationException with everything that factories refuse
     */
    static RunParts of(Cell cell, Registry registry, TorchRuntime torch, Path base, Supervision supervision) {
        return new RunParts(
                cell.plan(), new PlanChecks(cell, registry), new Components(registry), torch, base, supervision);
    }

    private void makeDefenses() {
        for (TargetPlan target : plan.target()) {
            for (int i = 0; i < target.defense().size(); i++) {
                String key = "target.defense." + i;
                Chosen<Defense> defense = target.defense().get(i);
                maker.make(key, defense, plan.seeds().training(), "defense/" + defense.name())
                        .forEach(made -> defenses.addAll(
                                maker.collected(key, defense, "the parts of " + defense.subject(), made::parts)));
            }
        }
    }

    private void makeJudges() {
        for (int i = 0; i < plan.metrics().size(); i++) {
            Chosen<Metric> metric = plan.metrics().get(i);
            metrics.addAll(maker.make("metrics." + i, metric, plan.seeds().evaluation(), "metric/" + metric.name()));
        }
        for (int i = 0; i < plan.observers().size(); i++) {
            Chosen<Observer> observer = plan.observers().get(i).observer();
            observers.addAll(
                    maker.make("observers." + i, observer, plan.seeds().evaluation(), "observer/" + observer.name()));
        }
    }

    private void makeStages() {
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                maker.make(
                                stage.path(),
                                stage.component(),
                                plan.seeds().attack(),
                                stage.stage().label())
                        .forEach(made -> stages.put(stage.stage(), made));
            }
        }
    }

    /** What does not need the missing files is checked all the same. */
    private void refuse() {
        List<Problem> refused = new ArrayList<>(maker.refused());
        if (refused.isEmpty() && !maker.missing().isEmpty() && !plan.target().isEmpty()) {
            refused.addAll(checks.defenses(defenseResources()));
        }
        refuse(refused);
    }

    private void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            problems.addAll(maker.missing());
            throw new InvalidConfigurationException(problems);
        }
        if (!maker.missing().isEmpty()) {
            throw InvalidConfigurationException.missing(maker.missing());
        }
    }

    /** As {@link ComponentMaker#asked}. */
    <T> T asked(String key, Chosen<?> component, String doing, Supplier<T> answer) {
        return maker.asked(key, component, doing, answer);
    }

    /**
     * Loads every network whose weights are files, and asks everybody whether all fits; writes nothing.
     *
     * @throws InvalidConfigurationException with every problem that the parts have with one another
     */
    void check() {
        List<Problem> problems = new ArrayList<>(data.asked(checks::data));
        if (!plan.target().isEmpty()) {
            problems.addAll(checks.defenses(defenseResources()));
        }
        problems.addAll(networks.load(maker.missing()));
        problems.addAll(fitting.preparers());
        refuse(problems);
    }

    /** Whether the plan's generator takes part in the attack; what makes one of its own is not shown it. */
    boolean searchesPlanned() {
        return plan.attack().stream().allMatch(attack -> attack.searchesPlanned(components));
    }

    Resources defenseResources() {
        return maker.resources(plan.target().get(0).classifier(), plan.seeds().training(), "defense");
    }

    RunNetworks networks() {
        return networks;
    }

    /** Weights at a location that the plan names for a component. */
    ParameterSource weights(Chosen<?> chosen, String location) {
        return location.isEmpty()
                ? new NoTensors(chosen.name())
                : maker.resources(chosen, 0, "weights").weights(location);
    }

    List<OutputFilter> outputFilters() {
        return defenses.stream()
                .filter(OutputFilter.class::isInstance)
                .map(OutputFilter.class::cast)
                .toList();
    }

    /** The attacked classes; empty if the plan attacks none. */
    List<Integer> classes() {
        return plan.attack().stream()
                .flatMap(attack -> attack.classes().of(data.asked(Dataset::classes)).stream())
                .toList();
    }

    Plan plan() {
        return plan;
    }

    RunData data() {
        return data;
    }

    Fitting fitting() {
        return fitting;
    }

    /** The place in the plan of the metric that a unit measures. */
    int metricIndex(String unit) {
        String[] name = unit.split("/", -1);
        int before = name.length < 3 ? 0 : Integer.parseInt(name[2]) - 1;
        for (int i = 0; i < plan.metrics().size(); i++) {
            if (plan.metrics().get(i).name().equals(name[1]) && before-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no metric of the plan is unit " + unit);
    }

    /** In the order of the plan. */
    List<Observer> observers() {
        return List.copyOf(observers);
    }

    Metric metric(int index) {
        return metrics.get(index);
    }

    <T> T stage(Stage stage, Class<T> type) {
        Object made = stages.get(stage);
        if (made == null) {
            throw new IllegalArgumentException("the attack has no stage '" + stage.label() + "'");
        }
        return type.cast(made);
    }

    Composition composition() {
        double smoothing = plan.target().stream()
                .map(TargetPlan::origin)
                .mapToDouble(origin -> origin instanceof Origin.Trained trained
                        ? trained.recipe().smoothing()
                        : 0)
                .sum();
        return new Composition(defenses, smoothing);
    }

    /** The target's architecture, as the defenses change it. */
    ClassifierArchitecture targetArchitecture() {
        return composition().transform(architecture(plan.target().get(0).classifier(), "target"));
    }

    ClassifierArchitecture architecture(Chosen<ClassifierArchitecture> chosen, String path) {
        return chosen.create(maker.resources(chosen, plan.seeds().training(), path));
    }

    GeneratorArchitecture generatorArchitecture(Chosen<GeneratorArchitecture> chosen) {
        return chosen.create(maker.resources(chosen, plan.seeds().training(), "generator"));
    }

    static boolean isTrained(GeneratorArchitecture architecture) {
        return architecture instanceof TrainableGenerator
                && architecture.weights().isEmpty();
    }

    /** Stages that open representations of their own, by component name. */
    Map<String, Representation.Opener> openers() {
        Map<String, Representation.Opener> openers = new LinkedHashMap<>();
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                if (stages.get(stage.stage()) instanceof Representation.Opener opener) {
                    openers.put(stage.component().name(), opener);
                }
            }
        }
        return openers;
    }

    @Override
    public void close() {
        manager.close();
    }
}
