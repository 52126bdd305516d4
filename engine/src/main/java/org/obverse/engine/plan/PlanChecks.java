package org.obverse.engine.plan;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plugin.Registry;

/**
 * What can be checked only against a data set, a network or a defense that was made; to be called when a run starts,
 * before anything is trained. Every method returns all problems that it finds, with their lines.
 */
public final class PlanChecks {
    private final Cell cell;
    private final Plan plan;
    private final Components components;

    public PlanChecks(Cell cell, Registry registry) {
        this.cell = cell;
        this.plan = cell.plan();
        this.components = new Components(registry);
    }

    /** The parts that stages, metrics and training read exist, and so do the classes under attack. */
    public List<Problem> data(Dataset dataset) {
        return located(
                new DataChecks(plan, components, dataset).partsAndClasses().problems());
    }

    /** A generator without weights can be trained, from public images that exist. */
    public List<Problem> generatorOrigin(GeneratorArchitecture generator, Dataset dataset) {
        return located(
                new DataChecks(plan, components, dataset).origin(generator).problems());
    }

    /**
     * The plan's generator has the facets that the preparer needs, or, without a preparer, those that all stages need;
     * evaluation crops fit into its images.
     */
    public List<Problem> generator(Generator planned) {
        List<Problem> problems = new ArrayList<>();
        for (AttackPlan attack : plan.attack()) {
            attack.stages().stream()
                    .filter(stage -> attack.prepare().isEmpty() || stage.stage() == Stage.PREPARE)
                    .forEach(stage -> facets(stage, planned, "the generator", problems));
        }
        if (plan.attack().stream().allMatch(attack -> attack.prepare().isEmpty())) {
            crops(planned.image(), problems);
        }
        return located(problems);
    }

    /** The generator that the preparer made has the facets that the later stages need. */
    public List<Problem> prepared(Generator prepared) {
        List<Problem> problems = new ArrayList<>();
        for (AttackPlan attack : plan.attack()) {
            attack.stages().stream()
                    .filter(stage -> stage.stage() != Stage.PREPARE)
                    .forEach(stage -> facets(stage, prepared, "the prepared generator", problems));
        }
        crops(prepared.image(), problems);
        return located(problems);
    }

    private void facets(StagePlan stage, Generator generator, String subject, List<Problem> problems) {
        Set<Class<? extends Generator>> missing =
                Needs.of(stage.component(), components).generator();
        missing.removeIf(facet -> facet.isInstance(generator));
        if (!missing.isEmpty()) {
            problems.add(new Problem(
                    stage.path(),
                    "'%s' needs a generator that is %s, which %s%s is not"
                            .formatted(
                                    stage.component().name(),
                                    Capabilities.names(missing),
                                    subject,
                                    plan.generator().stream()
                                            .findFirst()
                                            .map(chosen -> " '" + chosen.name() + "'")
                                            .orElse("")),
                    "choose another generator or another component for this stage"));
        }
    }

    private void crops(Shape image, List<Problem> problems) {
        long side = image.dimension() == 3 ? Math.min(image.get(1), image.get(2)) : 0;
        for (int i = 0; i < plan.evaluation().size(); i++) {
            int crop = plan.evaluation().get(i).crop();
            if (crop > side) {
                problems.add(new Problem(
                        "evaluation." + i + ".crop",
                        "a crop of %d pixels is larger than the image, which has %d".formatted(crop, side),
                        "use at most " + side + ", or 0 to crop nothing"));
            }
        }
    }

    /**
     * The defenses can be made and composed: at most one label encoder, gradient policy and checkpoint policy, schedules
     * that arrive, filters that leave the stages what they need.
     *
     * @param resources for the defenses' factories
     */
    public List<Problem> defenses(Resources resources) {
        List<Problem> problems = new ArrayList<>();
        for (TargetPlan target : plan.target()) {
            DefenseChecks checks = new DefenseChecks(plan, target, components);
            problems.addAll(checks.composition(resources));
        }
        return located(problems);
    }

    /**
     * The target offers the activations that loss terms and stages read.
     *
     * @param built the target with its model transforms
     * @param resources for the defenses' factories
     */
    public List<Problem> target(Classifier built, Resources resources) {
        List<Problem> problems = new ArrayList<>();
        Set<String> taps = new TreeSet<>(built.taps().stream().map(Tap::name).toList());
        for (TargetPlan target : plan.target()) {
            problems.addAll(new DefenseChecks(plan, target, components).taps(taps, resources));
        }
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                DefenseChecks.missingTaps(
                        stage.path(),
                        stage.component().name(),
                        Needs.of(stage.component(), components).taps(),
                        taps,
                        problems);
            }
        }
        return located(problems);
    }

    /**
     * The evaluation model offers the activations that metrics compare; one whose inside cannot be seen offers none.
     *
     * @param index of its entry
     */
    public List<Problem> judge(int index, Classifier built) {
        Set<String> taps = new TreeSet<>(built.taps().stream().map(Tap::name).toList());
        String name = plan.evaluation().get(index).classifier().name();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < plan.metrics().size(); i++) {
            Chosen<Metric> metric = plan.metrics().get(i);
            if (metric.configuration() instanceof FeatureBased features
                    && index == judge(features.model())
                    && !taps.contains(features.tap())) {
                problems.add(unseen("metrics." + i, metric.name(), features.tap(), name, taps));
            }
        }
        return located(problems);
    }

    private static Problem unseen(String path, String metric, String tap, String model, Set<String> taps) {
        return taps.isEmpty()
                ? new Problem(
                        path,
                        "'%s' compares activations of the evaluation model '%s', a finished network that shows none"
                                .formatted(metric, model),
                        "add an evaluation model that is trained here, and name it with " + path + ".model")
                : new Problem(
                        path,
                        "'%s' compares the activation '%s', which the evaluation model '%s' does not show"
                                .formatted(metric, tap, model),
                        "its taps are: " + String.join(", ", taps) + "; name one of them, or another model");
    }

    /** The entry of {@code evaluation} that a metric means; the plan was read, so there is one. */
    private int judge(String model) {
        return IntStream.range(0, plan.evaluation().size())
                .filter(i -> model.isEmpty()
                        || model.equals(plan.evaluation().get(i).classifier().name()))
                .findFirst()
                .orElseThrow();
    }

    /** What a stage says of the networks that it will work with. */
    public List<Problem> preflight(StagePlan stage, Preflight component, Preflight.Setting setting) {
        return located(stage
                .component()
                .plugin()
                .call("the preflight of " + stage.component().subject(), () -> component.check(setting))
                .stream()
                .map(problem -> problem.under(stage.path()))
                .toList());
    }

    /**
     * What a component said of its own configuration when it was made.
     *
     * @param path where the plan names the component, such as {@code attack.stages.optimize}
     */
    public List<Problem> refused(String path, InvalidConfigurationException refusal) {
        return located(
                refusal.problems().stream().map(problem -> problem.under(path)).toList());
    }

    /**
     * Problems of a part of the plan with their lines; those of a file get the line that names it.
     *
     * @param key of the part, such as {@code evaluation.0}
     */
    public List<Problem> located(String key, List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.at(line(key, problem.path())))
                .toList();
    }

    private int line(String key, String path) {
        if (path.equals(key) || path.startsWith(key + ".")) {
            return cell.source().line(path);
        }
        int named = cell.source().at(key).map(part -> part.lineOf(path)).orElse(0);
        return named > 0 ? named : cell.source().line(key);
    }

    private List<Problem> located(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.at(cell.source().line(problem.path())))
                .toList();
    }
}
