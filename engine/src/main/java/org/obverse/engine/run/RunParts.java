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
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.Composition;

/**
 * The components of one run, each made once, on the run's thread and outside any scope, so that they outlive the units
 * that use them.
 */
final class RunParts implements AutoCloseable {
    private final Plan plan;
    private final PlanChecks checks;
    private final Components components;
    private final TorchRuntime torch;
    private final Path base;
    private final Supervision supervision;
    private final NDManager manager;
    private final RunData data;
    private final Fitting fitting;
    private final List<Problem> missing = new ArrayList<>();
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
        this.torch = torch;
        this.base = base;
        this.supervision = supervision;
        this.manager = torch.manager().newSubManager();
        List<Problem> refused = new ArrayList<>();
        List<Dataset> datasets = make("data", plan.data(), plan.seeds().split(), "data", refused);
        for (TargetPlan target : plan.target()) {
            for (int i = 0; i < target.defense().size(); i++) {
                int index = i;
                Chosen<Defense> defense = target.defense().get(i);
                String path = "defense/" + defense.name();
                make("target.defense." + i, defense, plan.seeds().training(), path, refused)
                        .forEach(made -> defenses.addAll(asked(
                                "target.defense." + index, defense, "the parts of " + defense.subject(), made::parts)));
            }
        }
        for (int i = 0; i < plan.metrics().size(); i++) {
            Chosen<Metric> metric = plan.metrics().get(i);
            metrics.addAll(make("metrics." + i, metric, plan.seeds().evaluation(), "metric/" + metric.name(), refused));
        }
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                String path = stage.stage().label();
                make(stage.path(), stage.component(), plan.seeds().attack(), path, refused)
                        .forEach(made -> stages.put(stage.stage(), made));
            }
        }
        for (int i = 0; i < plan.observers().size(); i++) {
            Chosen<Observer> observer = plan.observers().get(i).observer();
            String path = "observer/" + observer.name();
            observers.addAll(make("observers." + i, observer, plan.seeds().evaluation(), path, refused));
        }
        if (!refused.isEmpty() || !missing.isEmpty()) {
            throw refusal(refused);
        }
        this.data = new RunData(this, datasets.get(0));
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

    /** What does not need the missing files is checked all the same. */
    private InvalidConfigurationException refusal(List<Problem> refused) {
        if (refused.isEmpty() && !plan.target().isEmpty()) {
            refused.addAll(checks.defenses(defenseResources()));
        }
        manager.close();
        if (refused.isEmpty()) {
            return InvalidConfigurationException.missing(missing);
        }
        refused.addAll(missing);
        return new InvalidConfigurationException(refused);
    }

    /** The component; none if it refuses its configuration, which is noted with its place in the plan. */
    private <T> List<T> make(String key, Chosen<T> chosen, long seed, String path, List<Problem> refused) {
        try {
            return List.of(chosen.create(resources(chosen, seed, path)));
        } catch (InvalidConfigurationException e) {
            (e.isMissing() ? missing : refused).addAll(checks.refused(key, e));
            return List.of();
        } catch (PluginFailedException e) {
            manager.close();
            throw located(key, e);
        }
    }

    /** A factory that was interrupted did not fail. */
    private static RuntimeException located(String key, PluginFailedException e) {
        return e.getCause() instanceof CancelledException cancelled ? cancelled : e.at(key);
    }

    /**
     * Runs what a component does outside of any unit.
     *
     * @param key where the plan names the component
     * @param doing for messages, such as {@code the parts of defense 'bido' of plugin 'bido'}
     * @throws PluginFailedException with the key, and the plugin in whose code it was thrown
     */
    <T> T asked(String key, Chosen<?> component, String doing, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (InvalidConfigurationException | CancelledException e) {
            throw e;
        } catch (PluginFailedException e) {
            throw located(key, e);
        } catch (Throwable e) {
            LoadedPlugin culprit = components.registry().culprit(e).orElse(component.plugin());
            throw new PluginFailedException(culprit.source().toString(), doing, e).at(key);
        }
    }

    private ComponentResources resources(Chosen<?> chosen, long seed, String path) {
        return new ComponentResources(
                torch,
                manager,
                components,
                base,
                CounterStream.of(seed).child(path).child("component"),
                chosen.plugin(),
                supervision);
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
        List<Problem> absent = new ArrayList<>();
        problems.addAll(checks.located(networks.load(absent)));
        missing.addAll(checks.located(absent));
        problems.addAll(fitting.preparers());
        if (!problems.isEmpty()) {
            problems.addAll(missing);
            throw new InvalidConfigurationException(problems);
        }
        if (!missing.isEmpty()) {
            throw InvalidConfigurationException.missing(missing);
        }
    }

    /** Whether the plan's generator takes part in the attack; what makes one of its own is not shown it. */
    boolean searchesPlanned() {
        return plan.attack().stream().allMatch(attack -> attack.searchesPlanned(components));
    }

    Resources defenseResources() {
        return resources(plan.target().get(0).classifier(), plan.seeds().training(), "defense");
    }

    RunNetworks networks() {
        return networks;
    }

    /** Weights at a location that the plan names for a component. */
    ParameterSource weights(Chosen<?> chosen, String location) {
        return location.isEmpty()
                ? new NoTensors(chosen.name())
                : resources(chosen, 0, "weights").weights(location);
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
        return chosen.create(resources(chosen, plan.seeds().training(), path));
    }

    GeneratorArchitecture generatorArchitecture(Chosen<GeneratorArchitecture> chosen) {
        return chosen.create(resources(chosen, plan.seeds().training(), "generator"));
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
