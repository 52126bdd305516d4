package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Requirements;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.Composition;

/** The bays of a plan: for each unit, who performs it and how. */
final class Bays {
    private final RunParts parts;
    private final Plan plan;
    private final TorchRuntime torch;
    private final ArtifactStore artifacts;

    Bays(RunParts parts, TorchRuntime torch, ArtifactStore artifacts) {
        this.parts = parts;
        this.plan = parts.plan();
        this.torch = torch;
        this.artifacts = artifacts;
    }

    List<Bay> all() {
        List<Bay> bays = new ArrayList<>();
        bays.add(new Bay(
                Slot.DATA,
                plan.data().name(),
                (unit, context) -> DataSummary.of(parts.data().plain(), context)));
        for (TargetPlan target : plan.target()) {
            bays.add(new Bay(Slot.TARGET, target.classifier().name(), (unit, context) -> target(target, context)));
        }
        plan.evaluation().stream()
                .map(model -> model.classifier().name())
                .distinct()
                .forEach(name -> bays.add(new Bay(Slot.EVALUATION_MODEL, name, this::evaluationModel)));
        for (Chosen<GeneratorArchitecture> generator : plan.generator()) {
            bays.add(new Bay(Slot.GENERATOR, generator.name(), (unit, context) -> generator(generator, context)));
        }
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                String name = stage.component().name();
                Requirements needs = stage.component().requirements();
                bays.add(
                        new Bay(Slot.of(stage.stage()), name, (unit, context) -> stage(stage.stage(), needs, context)));
            }
        }
        for (AttackPlan attack : plan.attack()) {
            bays.add(new Bay(Slot.GALLERY, attack.recipe().name(), this::gallery));
        }
        plan.metrics().stream()
                .map(Chosen::name)
                .distinct()
                .forEach(name -> bays.add(new Bay(Slot.METRIC, name, this::metric)));
        return bays;
    }

    private Product target(TargetPlan target, UnitContext context) {
        if (target.origin() instanceof Origin.Trained trained) {
            return train(
                    parts.targetArchitecture(),
                    trained,
                    parts.composition(),
                    parts.data().plain().images(Part.TRAINING),
                    context);
        }
        return new Product.Weights(
                parts.networks().classifier("target").parameters().all(), "[]");
    }

    private Product evaluationModel(Unit unit, UnitContext context) {
        EvaluationPlan model = plan.evaluation().get(Integer.parseInt(unit.id().substring("evaluation/".length())));
        if (model.origin() instanceof Origin.Trained trained) {
            Composition plain = new Composition(List.of(), trained.recipe().smoothing());
            Images images = parts.data().images(Part.POOL, parts.data().input(model));
            return train(parts.architecture(model.classifier(), unit.id()), trained, plain, images, context);
        }
        return new Product.Weights(
                parts.networks().classifier(unit.id()).parameters().all(), "[]");
    }

    private Product train(
            ClassifierArchitecture architecture,
            Origin.Trained trained,
            Composition composition,
            Images images,
            UnitContext context) {
        Parameters tensors = new Parameters(
                context.manager(), ParameterSource.fresh(context.random().child("initial")));
        Classifier classifier =
                architecture.build(images.shape(), parts.data().plain().classes(), tensors);
        List<ClassifierTrainer.EpochFigures> history = new ClassifierTrainer(torch)
                .train(classifier, images, trained.recipe(), composition, context, context.epochs());
        return new Product.Weights(classifier.parameters().all(), Product.JSON.writeValueAsString(history));
    }

    private Product generator(Chosen<GeneratorArchitecture> chosen, UnitContext context) {
        GeneratorArchitecture architecture = parts.generatorArchitecture(chosen);
        if (RunParts.isTrained(architecture) && architecture instanceof TrainableGenerator trainable) {
            Parameters tensors = new Parameters(
                    context.manager(), ParameterSource.fresh(context.random().child("initial")));
            trainable.train(tensors, parts.data().plain().images(Part.PUBLIC), context);
            return new Product.Weights(tensors.all(), "[]");
        }
        return new Product.Weights(parts.networks().generatorParameters().all(), "[]");
    }

    private Product stage(Stage stage, Requirements needs, UnitContext context) {
        if (stage == Stage.PREPARE) {
            return prepare(needs, context);
        }
        long budget = plan.target().get(0).budget().getOrDefault(stage, Long.MAX_VALUE);
        long classes = context.unit().classes().size();
        QueryLedger ledger = new QueryLedger(budget > Long.MAX_VALUE / classes ? budget : budget * classes);
        StageUnitContext stageContext = new StageUnitContext(context, parts, needs, ledger);
        Candidates found;
        try {
            found = perform(stage, stageContext, context);
        } catch (BudgetSpentException e) {
            found = stageContext
                    .emitted()
                    .orElseThrow(() -> new IllegalStateException(
                            "stage '" + stage.label() + "' had no candidates when " + e.getMessage(), e));
        }
        return new Product.Found(found, ledger.counts());
    }

    /** Without a limit: what is half-made is no result. */
    private Product prepare(Requirements needs, UnitContext context) {
        QueryLedger ledger = new QueryLedger(Long.MAX_VALUE);
        StageUnitContext stageContext = new StageUnitContext(context, parts, needs, ledger);
        Map<String, NDArray> tensors =
                parts.stage(Stage.PREPARE, Preparer.class).prepare(stageContext);
        return new Product.Prepared(tensors, ledger.counts());
    }

    private Candidates perform(Stage stage, StageUnitContext stageContext, UnitContext context) {
        return switch (stage) {
            case SAMPLE -> parts.stage(stage, Sampler.class).sample(stageContext);
            case OPTIMIZE -> parts.stage(stage, Optimizer.class).optimize(input(context), stageContext);
            case SELECT -> parts.stage(stage, Selector.class).select(input(context), stageContext);
            case PREPARE -> throw new IllegalArgumentException("preparing finds no candidates");
        };
    }

    /** The candidates of the unit's classes, from the stage before. */
    private Candidates input(UnitContext context) {
        return read(context.inputs(), "", context.unit().classes(), context.manager());
    }

    /**
     * The candidates in those inputs that come from a stage, the last one that is among them unless one is named.
     *
     * @param classes whose candidates they are; empty for all
     */
    private Candidates read(Map<String, String> inputs, String stage, List<Integer> classes, NDManager manager) {
        Map<String, List<String>> byStage = new LinkedHashMap<>();
        inputs.forEach((id, artifact) -> {
            String name = id.replaceFirst("/.*", "");
            if (List.of("sample", "optimize", "select").contains(name)) {
                byStage.computeIfAbsent(name, key -> new ArrayList<>()).add(artifact);
            }
        });
        List<List<String>> stages = List.copyOf(byStage.values());
        List<String> chosen = stage.isEmpty() ? stages.get(stages.size() - 1) : byStage.getOrDefault(stage, List.of());
        return StoredCandidates.read(
                chosen.stream().map(artifacts::open).toList(),
                classes,
                manager,
                parts.networks().searched(),
                parts.openers());
    }

    private Product gallery(Unit unit, UnitContext context) {
        Candidates found = read(context.inputs(), "", List.of(), context.manager());
        Images training = parts.data().plain().images(Part.TRAINING);
        return new Product.Weights(
                Gallery.of(found, unit.classes(), training, context.manager(), context.random()), "[]");
    }

    private Product metric(Unit unit, UnitContext context) {
        int index = parts.metricIndex(unit.id());
        boolean judgesCandidates =
                plan.metrics().get(index).requirements().subject() == Requirements.Subject.CANDIDATES;
        RunEvidence evidence = judgesCandidates
                ? new RunEvidence(
                        context,
                        parts,
                        read(context.inputs(), "", List.of(), context.manager()),
                        read(context.inputs(), unselectedStage(), List.of(), context.manager()))
                : new RunEvidence(context, parts);
        try {
            return new Product.Scores(parts.metric(index).measure(evidence));
        } catch (MetricFailedException e) {
            return new Product.Undefined(String.valueOf(e.getMessage()));
        }
    }

    /** The stage before the selection; the last one if nothing is selected. */
    private String unselectedStage() {
        List<StagePlan> stages = plan.attack().get(0).stages();
        StagePlan last = stages.get(stages.size() - 1);
        return last.stage() == Stage.SELECT
                ? stages.get(stages.size() - 2).stage().label()
                : last.stage().label();
    }
}
