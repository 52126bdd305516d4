package org.obverse.engine.plan;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.attack.Preflight;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plugin.Registry;

/**
 * What can be checked only against a data set, a network or a defense that was made; to be called before anything is trained.
 * Nothing is made here. Every method returns all problems that it finds, with their lines.
 */
public final class PlanChecks {
    private static final String STAGE = "choose another generator or another component for this stage";

    private final Cell cell;
    private final Plan plan;
    private final Components components;
    private final Lines lines;

    public PlanChecks(Cell cell, Registry registry) {
        this.cell = cell;
        this.plan = cell.plan();
        this.components = new Components(registry);
        this.lines = new Lines(cell.source());
    }

    /** The parts that stages, metrics and training read exist, and so do the classes under attack. */
    public List<Problem> data(Dataset dataset) {
        return located(
                new DataChecks(plan, components, dataset).partsAndClasses().problems());
    }

    /** A generator that is trained has public images to learn from. */
    public List<Problem> generatorOrigin(GeneratorArchitecture generator, Dataset dataset) {
        return located(
                new DataChecks(plan, components, dataset).origin(generator).problems());
    }

    /**
     * The plan's generator has the facets that a stage needs, and makes images of as many channels as the data has.
     *
     * @param image shape of the data's images
     */
    public List<Problem> generator(StagePlan<?> stage, Generator planned, Shape image) {
        List<Problem> problems =
                new ArrayList<>(facets(stage.path(), stage.component(), planned, "the generator", STAGE));
        problems.addAll(channels(planned, image));
        return problems;
    }

    /**
     * The plan's generator makes images of as many channels as the data has.
     *
     * @param image shape of the data's images
     */
    public List<Problem> channels(Generator planned, Shape image) {
        Shape made = planned.image();
        return made.dimension() != 3 || image.dimension() != 3 || made.get(0) == image.get(0)
                ? List.of()
                : located(List.of(new Problem(
                        "generator",
                        "it makes images of %d channels, and those of the data have %d"
                                .formatted(made.get(0), image.get(0)),
                        "choose another generator, or read the data with as many channels")));
    }

    /** The generator that the preparer made has the facets that a later stage needs. */
    public List<Problem> prepared(StagePlan<?> stage, Generator prepared) {
        return facets(stage.path(), stage.component(), prepared, "the prepared generator", STAGE);
    }

    /** The generator that an attack searches has the facets that a control needs. */
    public List<Problem> generator(int control, Generator searched) {
        return facets(
                controlPath(control),
                plan.controls().get(control),
                searched,
                "the generator",
                "choose another generator, or drop the control");
    }

    private List<Problem> facets(
            String path, PlannedComponent<?> component, Generator generator, String subject, String wayOut) {
        Set<Class<? extends Generator>> missing =
                Needs.of(component, components).generator();
        missing.removeIf(facet -> facet.isInstance(generator));
        if (missing.isEmpty()) {
            return List.of();
        }
        String name = plan.generator().stream()
                .findFirst()
                .map(chosen -> " '" + chosen.name() + "'")
                .orElse("");
        return located(List.of(new Problem(
                path,
                "'%s' needs a generator that is %s, which %s%s is not"
                        .formatted(component.name(), Capabilities.names(missing), subject, name),
                wayOut)));
    }

    /**
     * What an evaluation model crops fits into the images.
     *
     * @param image shape of the images that are judged
     */
    public List<Problem> crop(EvaluationPlan model, Shape image) {
        long side = image.dimension() == 3 ? Math.min(image.get(1), image.get(2)) : 0;
        return model.crop() <= side
                ? List.of()
                : located(List.of(new Problem(
                        model.path() + ".crop",
                        "a crop of %d pixels is larger than the image, which has %d".formatted(model.crop(), side),
                        "use at most " + side + ", or 0 to crop nothing")));
    }

    /**
     * The defenses of a target can be composed: at most one label encoder, gradient policy, checkpoint policy and companion, schedules
     * that arrive, filters that leave the stages what they need.
     *
     * @param parts of all defenses of the target, in their order
     */
    public List<Problem> defenses(TargetPlan target, List<PlacedPart> parts) {
        return located(new DefenseChecks(target, parts).composition());
    }

    /**
     * A teacher tells the classes apart that its student is to learn.
     *
     * @param student where the plan writes it, such as {@code targets.distilled}
     * @param taught classes of the teacher
     * @param wanted classes of the student
     */
    public List<Problem> teacher(String student, int taught, int wanted) {
        return taught == wanted
                ? List.of()
                : located(List.of(new Problem(
                        student + ".defense",
                        "the teacher tells %d classes apart, and the data has %d".formatted(taught, wanted),
                        "name a teacher that is trained on the same data")));
    }

    /** What an attacker who may look inside needs of a finished target. */
    public List<Problem> gradient(TargetPlan target, Classifier built) {
        return plan.attack().isEmpty() || target.access() != Access.WHITE_BOX || built.isDifferentiable()
                ? List.of()
                : located(List.of(new Problem(
                        target.path() + ".access",
                        "'%s' gives no gradient with respect to its images (it rounds, detaches or runs under no_grad), which"
                                        .formatted(target.classifier().name())
                                + " white-box access needs",
                        "write access: scores, with an attack that asks for scores, or save the model without that")));
    }

    /**
     * A target offers the activations that the loss terms of its defenses read.
     *
     * @param parts of all defenses of the target, in their order
     * @param taps that the target offers, with its model transforms
     */
    public List<Problem> lossTaps(TargetPlan target, List<PlacedPart> parts, Set<String> taps) {
        return located(new DefenseChecks(target, parts).taps(taps));
    }

    /**
     * The weights that the defenses of a target let train exist, and there are some in each epoch.
     *
     * @param parts of all defenses of the target, in their order
     * @param weights the names of what training could change
     */
    public List<Problem> frozen(TargetPlan target, List<PlacedPart> parts, Set<String> weights) {
        return located(new FrozenWeights(target, parts).of(weights));
    }

    /**
     * The model that a stage asks offers the activations that the stage reads.
     *
     * @param taps that the model offers
     */
    public List<Problem> taps(StagePlan<?> stage, Set<String> taps) {
        return taps(stage.path(), stage.component(), taps);
    }

    /** As {@link #taps(StagePlan, Set)}, of a control. */
    public List<Problem> taps(int control, Set<String> taps) {
        return taps(controlPath(control), plan.controls().get(control), taps);
    }

    private List<Problem> taps(String path, PlannedComponent<?> component, Set<String> taps) {
        List<Problem> problems = new ArrayList<>();
        DefenseChecks.missingTaps(
                path, component.name(), Needs.of(component, components).taps(), taps, problems);
        return located(problems);
    }

    /**
     * The evaluation model of a metric offers the activations that the metric compares; one whose inside cannot be seen offers
     * none.
     *
     * @param metric index of its entry
     * @param built the model that judges for it
     */
    public List<Problem> judge(int metric, Classifier built) {
        MetricPlan judged = plan.metrics().get(metric);
        Set<String> taps = new TreeSet<>(built.taps().stream().map(Tap::name).toList());
        return judged.metric().configuration() instanceof FeatureBased features && !taps.contains(features.tap())
                ? located(List.of(unseen("metrics." + metric, judged, features.tap(), taps)))
                : List.of();
    }

    private static Problem unseen(String path, MetricPlan metric, String tap, Set<String> taps) {
        String judge = String.join(", ", metric.judges());
        return taps.isEmpty()
                ? new Problem(
                        path,
                        "'%s' compares activations of the evaluation model '%s', a finished network that shows none"
                                .formatted(metric.name(), judge),
                        "add an evaluation model that is trained here, and name it with " + path + ".judge")
                : new Problem(
                        path,
                        "'%s' compares the activation '%s', which the evaluation model '%s' does not show"
                                .formatted(metric.name(), tap, judge),
                        "its taps are: " + String.join(", ", taps) + "; name one of them, or another model");
    }

    /**
     * What is against an evaluation.
     *
     * @param path of what it is about, such as {@code evaluation.judge}
     */
    public List<Problem> refused(String path, List<Objection> objections) {
        return located(
                path,
                objections.stream().map(objection -> objection.problem(path)).toList());
    }

    /** A metric that judges an attack is of no use in a plan without one. */
    public List<Problem> withoutAttack(int metric) {
        return located(List.of(new Problem(
                "metrics." + metric,
                "'%s' judges the candidates of an attack, but the plan has none"
                        .formatted(plan.metrics().get(metric).name()),
                "add attack: { use: NAME }, or drop the metric")));
    }

    /** What no metric judges has no row in any table. */
    public List<Problem> unjudgedControls() {
        return located(List.of(new Problem(
                ControlBinding.SECTION,
                "no metric of the plan judges what the attack delivers, so that controls would stand in no table",
                "add metrics: [ { use: attack-accuracy } ], or drop the section")));
    }

    /** What a control says of the networks that it will work with. */
    public List<Problem> preflight(int control, Preflight component, Preflight.Setting setting) {
        PlannedComponent<?> chosen = plan.controls().get(control);
        return located(
                chosen.plugin().call("the preflight of " + chosen.subject(), () -> component.check(setting)).stream()
                        .map(problem -> problem.under(controlPath(control)))
                        .toList());
    }

    /** Where the plan names a control. */
    public static String controlPath(int control) {
        return ControlBinding.SECTION + "." + control;
    }

    /** What a defense that bounds samples says of how many the target is trained on. */
    public List<Problem> bounded(TargetPlan target, List<PlacedPart> parts, int samples) {
        return located(new DefenseChecks(target, parts).bounded(samples));
    }

    /**
     * Enough training images are members.
     *
     * @param training how many training images there are
     * @param held how many of them the target is not trained on
     */
    public List<Problem> heldOut(MembershipPlan membership, int training, int held) {
        int samples = membership.keys().samples();
        int most = training - held - membership.keys().known();
        return samples <= most
                ? List.of()
                : located(List.of(new Problem(
                        MembershipPlan.SECTION + ".samples",
                        "asks for %d members beside %d known ones, and of %d training images the target '%s' holds %d out of its training, which are neither members nor others"
                                .formatted(samples, membership.keys().known(), training, membership.target(), held),
                        most < 2
                                ? "use more data, or a smaller membership.known"
                                : "use at most " + most + ", or a smaller membership.known")));
    }

    /** What a membership attack says of how many reference models there are. */
    public List<Problem> references(MembershipPlan membership, int index, MembershipAttack attack) {
        PlannedComponent<?> chosen = membership.attacks().get(index);
        int trained = membership.keys().trainedOn();
        int others = membership.keys().references() - trained;
        return located(
                chosen.plugin().call("the check of " + chosen.subject(), () -> attack.check(trained, others)).stream()
                        .map(problem -> problem.under(MembershipPlan.SECTION))
                        .toList());
    }

    /** A metric of membership attacks judges those of the plan's section. */
    public List<Problem> ofAttackedTarget(int metric, String target) {
        return located(List.of(new Problem(
                "metrics." + metric + "." + ModelEntries.TARGET,
                "'%s' judges membership attacks, which are after '%s'"
                        .formatted(plan.metrics().get(metric).name(), target),
                "drop the key, or write membership: { target: … }")));
    }

    /** A metric of membership attacks is of no use in a plan without any. */
    public List<Problem> withoutMembership(int metric) {
        return located(List.of(new Problem(
                "metrics." + metric,
                "'%s' judges membership attacks, but the plan has none"
                        .formatted(plan.metrics().get(metric).name()),
                "add membership: { attacks: [ { use: NAME } ] }, or drop the metric")));
    }

    /**
     * A metric that judges no candidates has no stage to choose.
     *
     * @param judged what it judges instead
     */
    public List<Problem> ofNoStage(int metric, String judged) {
        MetricPlan judging = plan.metrics().get(metric);
        return judging.of().isEmpty()
                ? List.of()
                : located(List.of(new Problem(
                        "metrics." + metric + "." + MetricBinding.OF,
                        "'%s' judges %s, whatever an attack finds".formatted(judging.name(), judged),
                        "drop the key")));
    }

    /** What a stage says of the networks that it will work with. */
    public List<Problem> preflight(StagePlan<?> stage, Preflight component, Preflight.Setting setting) {
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
     * @param key of the part, such as {@code evaluation.judge}
     */
    public List<Problem> located(String key, List<Problem> problems) {
        return problems.stream().map(problem -> located(key, problem)).toList();
    }

    private Problem located(String key, Problem problem) {
        if (problem.path().equals(key) || problem.path().startsWith(key + ".")) {
            return located(List.of(problem)).get(0);
        }
        String part = lines.written(key);
        int named =
                cell.source().at(part).map(node -> node.lineOf(problem.path())).orElse(0);
        return problem.at(named > 0 ? named : cell.source().line(part));
    }

    private List<Problem> located(List<Problem> problems) {
        return lines.of(problems);
    }
}
