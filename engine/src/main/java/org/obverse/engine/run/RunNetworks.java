package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.random.Midpoints;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;

/**
 * The networks of one run, opened on the run's thread from files or from artifacts, once each, and read by all workers.
 * Networks of evaluation models and the target go by the ids of their units.
 */
final class RunNetworks {
    private static final String TARGET = "target";
    private static final String GENERATOR = "generator";
    private static final String PREPARED = "prepare";
    private static final String EVALUATION = "evaluation/";

    private final RunParts parts;
    private final Plan plan;
    private final TorchRuntime torch;
    private final NDManager manager;
    private final Map<String, Classifier> classifiers = new ConcurrentHashMap<>();
    private final Map<String, Generator> generators = new ConcurrentHashMap<>();
    private final Map<String, Parameters> generatorParameters = new ConcurrentHashMap<>();
    private final Map<String, Preparer.Prepared> prepared = new ConcurrentHashMap<>();

    RunNetworks(RunParts parts, TorchRuntime torch, NDManager manager) {
        this.parts = parts;
        this.plan = parts.plan();
        this.torch = torch;
        this.manager = manager;
    }

    /**
     * Builds every network whose weights the plan names, and tries those that are yet to be trained.
     *
     * @param missing gets the files that are not there
     * @return what is wrong with them, and what others have against them
     */
    List<Problem> load(List<Problem> missing) {
        List<Problem> problems = new ArrayList<>();
        for (TargetPlan target : plan.target()) {
            attempt("target", ".classifier", target.classifier(), () -> target(target), problems, missing);
        }
        for (int i = 0; i < plan.evaluation().size(); i++) {
            EvaluationPlan model = plan.evaluation().get(i);
            int index = i;
            attempt("evaluation." + i, ".classifier", model.classifier(), () -> judge(index, model), problems, missing);
        }
        for (Chosen<GeneratorArchitecture> chosen : plan.generator()) {
            attempt(GENERATOR, "", chosen, () -> generator(chosen), problems, missing);
        }
        return problems;
    }

    private void attempt(
            String key,
            String part,
            Chosen<?> chosen,
            Supplier<List<Problem>> building,
            List<Problem> problems,
            List<Problem> missing) {
        try {
            problems.addAll(parts.asked(key + part, chosen, chosen.subject(), building));
        } catch (InvalidConfigurationException e) {
            (e.isMissing() ? missing : problems).addAll(parts.fitting().located(key, e.problems()));
        }
    }

    private List<Problem> judge(int index, EvaluationPlan model) {
        String id = EVALUATION + index;
        if (model.origin() instanceof Origin.Trained) {
            return tried(
                    parts.architecture(model.classifier(), id),
                    parts.data().input(model),
                    built -> parts.fitting().judge(index, built));
        }
        Classifier judge = evaluationModel(id, weights(model.classifier(), model.origin()));
        classifiers.put(id, judge);
        return parts.fitting().judge(index, judge);
    }

    private List<Problem> target(TargetPlan target) {
        if (target.origin() instanceof Origin.Trained) {
            return tried(parts.targetArchitecture(), parts.data().plain().shape(), parts.fitting()::target);
        }
        ParameterSource weights = weights(target.classifier(), target.origin());
        Classifier built = target(weights);
        classifiers.put(TARGET, built);
        return parts.fitting().target(built);
    }

    private ParameterSource weights(Chosen<ClassifierArchitecture> chosen, Origin origin) {
        return parts.weights(chosen, origin instanceof Origin.Loaded loaded ? loaded.location() : "");
    }

    private Classifier evaluationModel(String id, ParameterSource weights) {
        EvaluationPlan model = plan.evaluation().get(index(id));
        Chosen<ClassifierArchitecture> chosen = model.classifier();
        return parts.asked(
                "evaluation." + index(id),
                chosen,
                chosen.subject(),
                () -> build(
                        id,
                        parts.architecture(chosen, id),
                        parts.data().input(model),
                        parts.data().outputs(model),
                        weights));
    }

    private List<Problem> generator(Chosen<GeneratorArchitecture> chosen) {
        GeneratorArchitecture architecture = parts.generatorArchitecture(chosen);
        return RunParts.isTrained(architecture)
                ? parts.fitting().trained(architecture)
                : generator(architecture, parts.weights(chosen, architecture.weights()));
    }

    /** Builds a network that is yet to be trained, to learn whether it can be built and what others have against it. */
    private List<Problem> tried(
            ClassifierArchitecture architecture, Shape input, Function<Classifier, List<Problem>> question) {
        try (NDManager trial = manager.newSubManager()) {
            Parameters tensors = new Parameters(trial, ParameterSource.fresh(new Midpoints()));
            return question.apply(architecture.build(input, parts.data().plain().classes(), tensors));
        }
    }

    private static int index(String evaluationModel) {
        return Integer.parseInt(evaluationModel.substring(EVALUATION.length()));
    }

    private Classifier target(ParameterSource weights) {
        Dataset data = parts.data().plain();
        return build(TARGET, parts.targetArchitecture(), data.shape(), data.classes(), weights);
    }

    private Classifier build(
            String id, ClassifierArchitecture architecture, Shape input, int outputs, ParameterSource source) {
        Parameters tensors = new Parameters(manager, source);
        Classifier classifier = architecture.build(input, outputs, tensors);
        tensors.requireNothingLeft(id);
        return classifier;
    }

    private List<Problem> generator(GeneratorArchitecture architecture, ParameterSource source) {
        Parameters tensors = new Parameters(manager, source);
        Generator generator = architecture.build(tensors);
        tensors.requireNothingLeft(GENERATOR);
        generators.put(GENERATOR, generator);
        generatorParameters.put(GENERATOR, tensors);
        return parts.fitting().planned(generator);
    }

    /** Opens what a unit will use, from the artifacts of the units before it. */
    void open(Map<String, String> inputs, ArtifactStore artifacts) {
        inputs.forEach((id, artifact) -> {
            ParameterSource stored = new StoredParameters(id, artifacts.open(artifact));
            if (id.equals(TARGET)) {
                Chosen<ClassifierArchitecture> target = plan.target().get(0).classifier();
                classifiers.computeIfAbsent(
                        id, key -> parts.asked("target.classifier", target, target.subject(), () -> target(stored)));
            } else if (id.startsWith(EVALUATION)) {
                classifiers.computeIfAbsent(id, key -> evaluationModel(key, stored));
            } else if (id.equals(GENERATOR) && !generators.containsKey(id)) {
                openGenerator(plan.generator().get(0), stored);
            } else if (id.equals(PREPARED)) {
                prepared.computeIfAbsent(id, key -> openPrepared(stored));
            }
        });
    }

    private void openGenerator(Chosen<GeneratorArchitecture> chosen, ParameterSource stored) {
        List<Problem> problems = parts.asked(
                GENERATOR, chosen, chosen.subject(), () -> generator(parts.generatorArchitecture(chosen), stored));
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private Preparer.Prepared openPrepared(ParameterSource stored) {
        Chosen<Preparer> chosen = plan.attack().get(0).prepare().get(0);
        Preparer preparer = parts.stage(Stage.PREPARE, Preparer.class);
        UndeclaredGenerator none = new UndeclaredGenerator(chosen.name());
        Preparer.Prepared made = parts.asked(
                "attack.stages.prepare",
                chosen,
                chosen.subject(),
                () -> preparer.open(stored, parts.searchesPlanned() ? require(generators, GENERATOR) : none));
        if (made.generator() == none) {
            throw none.refusal();
        }
        List<Problem> problems = parts.fitting().prepared(made.generator());
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return made;
    }

    /** By the id of its unit. */
    Classifier classifier(String id) {
        return require(classifiers, id);
    }

    TargetModel target() {
        return new TargetModel(classifier(TARGET), parts.outputFilters(), torch.gradients());
    }

    /** Tensors of a generator that was built from a file. */
    Parameters generatorParameters() {
        return require(generatorParameters, GENERATOR);
    }

    /** The generator that stages work with: the prepared one, if any. */
    Generator searched() {
        Preparer.Prepared made = prepared.get(PREPARED);
        return made == null ? require(generators, GENERATOR) : made.generator();
    }

    /** What the preparer made beside a generator, by name. */
    Map<String, Classifier> prepared() {
        Preparer.Prepared made = prepared.get(PREPARED);
        return made == null ? Map.of() : made.networks();
    }

    private static <T> T require(Map<String, T> map, String id) {
        T value = map.get(id);
        if (value == null) {
            throw new IllegalStateException("'" + id + "' is used before it was opened");
        }
        return value;
    }
}
