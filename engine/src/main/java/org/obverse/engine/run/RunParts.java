package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.Composition;

/**
 * The components and networks of one run, each made once, on the run's thread and outside any scope, so that they
 * outlive the units that use them. What can be refused is refused by {@link #check}, before anything is written.
 */
final class RunParts implements AutoCloseable {
    private final Plan plan;
    private final PlanChecks checks;
    private final Components components;
    private final TorchRuntime torch;
    private final Path base;
    private final NDManager manager;
    private final Dataset dataset;
    private final List<DefensePart> defenses = new ArrayList<>();
    private final Map<Stage, Object> stages = new EnumMap<>(Stage.class);
    private final List<Metric> metrics = new ArrayList<>();
    private final Map<String, Classifier> classifiers = new HashMap<>();
    private final Map<String, Generator> generators = new HashMap<>();
    private final Map<String, Parameters> parameters = new HashMap<>();
    private final Map<String, Preparer.Prepared> prepared = new HashMap<>();

    /**
     * @param base the folder to which file names in the plan are relative
     */
    RunParts(Plan plan, PlanChecks checks, Components components, TorchRuntime torch, Path base) {
        this.plan = plan;
        this.checks = checks;
        this.components = components;
        this.torch = torch;
        this.base = base;
        this.manager = torch.manager().newSubManager();
        List<Problem> refused = new ArrayList<>();
        List<Dataset> datasets = make("data", plan.data(), plan.seeds().split(), "data", refused);
        for (TargetPlan target : plan.target()) {
            for (int i = 0; i < target.defense().size(); i++) {
                Chosen<Defense> defense = target.defense().get(i);
                String path = "defense/" + defense.name();
                make("target.defense." + i, defense, plan.seeds().training(), path, refused)
                        .forEach(made -> defenses.addAll(made.parts()));
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
        throwIf(refused);
        this.dataset = datasets.get(0);
    }

    /** The component; none if it refuses its configuration, which is noted with its place in the plan. */
    private <T> List<T> make(String key, Chosen<T> chosen, long seed, String path, List<Problem> refused) {
        try {
            return List.of(chosen.create(resources(chosen, seed, path)));
        } catch (InvalidConfigurationException e) {
            refused.addAll(checks.refused(key, e));
            return List.of();
        }
    }

    private ComponentResources resources(Chosen<?> chosen, long seed, String path) {
        return new ComponentResources(
                torch,
                manager,
                components,
                base,
                CounterStream.of(seed).child(path).child("component"),
                chosen.plugin());
    }

    /**
     * Builds every network whose weights are files, and asks everybody whether all fits.
     *
     * @throws InvalidConfigurationException with every problem that the parts have with one another
     */
    void check() {
        List<Problem> problems = new ArrayList<>(checks.data(dataset));
        if (!plan.target().isEmpty()) {
            problems.addAll(checks.defenses(defenseResources()));
        }
        for (TargetPlan target : plan.target()) {
            if (target.origin() instanceof Origin.Loaded loaded) {
                classifiers.put("target", build("target", targetArchitecture(), weights(target.classifier(), loaded)));
                problems.addAll(checks.target(classifier("target"), defenseResources()));
            } else {
                problems.addAll(tryTarget());
            }
        }
        for (int i = 0; i < plan.evaluation().size(); i++) {
            EvaluationPlan model = plan.evaluation().get(i);
            if (model.origin() instanceof Origin.Loaded loaded) {
                String id = "evaluation/" + i;
                classifiers.put(
                        id, build(id, architecture(model.classifier(), id), weights(model.classifier(), loaded)));
            }
        }
        for (Chosen<GeneratorArchitecture> chosen : plan.generator()) {
            GeneratorArchitecture architecture = generatorArchitecture(chosen);
            if (isTrained(architecture)) {
                problems.addAll(checks.generatorOrigin(architecture, dataset));
            } else {
                generator(architecture, loadedWeights(chosen, architecture));
                problems.addAll(fit());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private List<Problem> fit() {
        List<Problem> problems = new ArrayList<>(checks.generator(generator("generator")));
        for (AttackPlan attack : plan.attack()) {
            Preflight.Setting setting = new Preflight.Setting(
                    generator("generator"),
                    dataset.shape(),
                    classes(),
                    plan.execution().batch());
            for (StagePlan stage : attack.stages()) {
                if (stages.get(stage.stage()) instanceof Preflight preflight) {
                    problems.addAll(checks.preflight(stage, preflight, setting));
                }
            }
        }
        return problems;
    }

    private Resources defenseResources() {
        return resources(plan.target().get(0).classifier(), plan.seeds().training(), "defense");
    }

    /** The attacked classes; empty if the plan attacks none. */
    List<Integer> classes() {
        return plan.attack().stream()
                .flatMap(attack -> attack.classes().of(dataset.classes()).stream())
                .toList();
    }

    Plan plan() {
        return plan;
    }

    Dataset dataset() {
        return dataset;
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

    /** Builds a target that is yet to be trained, to learn whether it can be built. */
    private List<Problem> tryTarget() {
        try (NDManager trial = manager.newSubManager()) {
            Parameters tensors = new Parameters(trial, ParameterSource.fresh(CounterStream.of(0)));
            return checks.target(
                    targetArchitecture().build(dataset.shape(), dataset.classes(), tensors), defenseResources());
        }
    }

    private ParameterSource weights(Chosen<?> chosen, Origin.Loaded loaded) {
        return resources(chosen, 0, "weights").weights(loaded.location());
    }

    private ParameterSource loadedWeights(Chosen<?> chosen, GeneratorArchitecture architecture) {
        return architecture.weights().isEmpty()
                ? new NoTensors(chosen.name())
                : resources(chosen, 0, "weights").weights(architecture.weights());
    }

    private Classifier build(String id, ClassifierArchitecture architecture, ParameterSource source) {
        Parameters tensors = new Parameters(manager, source);
        Classifier classifier = architecture.build(dataset.shape(), dataset.classes(), tensors);
        tensors.requireNothingLeft(id);
        return classifier;
    }

    private void generator(GeneratorArchitecture architecture, ParameterSource source) {
        Parameters tensors = new Parameters(manager, source);
        generators.put("generator", architecture.build(tensors));
        tensors.requireNothingLeft("generator");
        parameters.put("generator", tensors);
    }

    /** Tensors of a generator that was built from a file. */
    Parameters generatorParameters() {
        return require(parameters, "generator");
    }

    /** Opens what a unit will use, from the artifacts of the units before it. */
    void open(Map<String, String> inputs, ArtifactStore artifacts) {
        inputs.forEach((id, artifact) -> {
            if (id.equals("target")) {
                classifiers.computeIfAbsent(
                        id, key -> build(key, targetArchitecture(), stored(key, artifact, artifacts)));
            } else if (id.startsWith("evaluation/")) {
                EvaluationPlan model = plan.evaluation().get(Integer.parseInt(id.substring("evaluation/".length())));
                classifiers.computeIfAbsent(
                        id, key -> build(key, architecture(model.classifier(), key), stored(key, artifact, artifacts)));
            } else if (id.equals("generator") && !generators.containsKey(id)) {
                generator(generatorArchitecture(plan.generator().get(0)), stored(id, artifact, artifacts));
                throwIf(fit());
            } else if (id.equals("prepare") && !prepared.containsKey(id)) {
                Preparer preparer = stage(Stage.PREPARE, Preparer.class);
                prepared.put(id, preparer.open(stored(id, artifact, artifacts), generator("generator")));
            }
        });
    }

    private static void throwIf(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static ParameterSource stored(String id, String artifact, ArtifactStore artifacts) {
        return new StoredParameters(id, artifacts.open(artifact));
    }

    Classifier classifier(String id) {
        return require(classifiers, id);
    }

    TargetModel target() {
        List<OutputFilter> filters = defenses.stream()
                .filter(OutputFilter.class::isInstance)
                .map(OutputFilter.class::cast)
                .toList();
        return new TargetModel(classifier("target"), filters, torch.gradients());
    }

    /** The generator that stages work with: the prepared one, if any. */
    Generator searched() {
        Preparer.Prepared made = prepared.get("prepare");
        return made == null ? generator("generator") : made.generator();
    }

    Map<String, Classifier> preparedNetworks() {
        Preparer.Prepared made = prepared.get("prepare");
        return made == null ? Map.of() : made.networks();
    }

    private Generator generator(String id) {
        return require(generators, id);
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

    private static <T> T require(Map<String, T> map, String id) {
        T value = map.get(id);
        if (value == null) {
            throw new IllegalStateException("'" + id + "' is used before it was opened");
        }
        return value;
    }

    @Override
    public void close() {
        manager.close();
    }
}
