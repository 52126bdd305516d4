package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.network.Finished;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.BoundPlan.BoundAttack;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;

/** Compares what the stages need with what the plan itself says, as far as both are known, without creating anything. */
final class Capabilities {
    private static final String GENERATOR = "generator";

    private final Components components;
    private final BoundPlan plan;
    private final Mapping source;

    Capabilities(Components components, BoundPlan plan, Mapping source) {
        this.components = components;
        this.plan = plan;
        this.source = source;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (StagePlan<?> stage : plan.stages()) {
            Optional.ofNullable(plan.targets().get(stage.target()))
                    .filter(target -> plan.isSound(target.path() + ".access"))
                    .ifPresent(target -> access(stage.path(), stage.component(), target, problems));
            generator(stage.stage(), stage.path(), stage.component(), problems);
            halving(stage.path(), stage.component(), problems);
            privacy(stage.path(), stage.component(), problems);
        }
        plan.membership().forEach((path, attack) -> {
            halving(path, attack, problems);
            privacy(path, attack, problems);
        });
        Optional.ofNullable(plan.targets().get(plan.membershipTarget()))
                .ifPresent(target -> plan.membership().forEach((path, attack) -> {
                    if (plan.isSound(target.path() + ".access")) {
                        access(path, attack, target, problems);
                    }
                    training(path, attack, target, problems);
                }));
        controls(problems);
        plan.attack().ifPresent(attack -> {
            plan.targets().values().stream()
                    .filter(target -> plan.isSound(target.path() + ".budget"))
                    .forEach(target -> budget(target, attack, problems));
        });
        problems.addAll(new SearchChecks(components, plan).problems());
        new EvaluationChecks(plan).problems().forEach(problems::add);
        students(problems);
        problems.addAll(new TeacherChecks(plan.targets()).problems());
        return new Lines(source).of(problems);
    }

    /** Where the samples of a batch depend on one another, half a batch is another objective. */
    private void halving(String path, PlannedComponent<?> attacker, List<Problem> problems) {
        String coupling = attacker.requirements().coupling();
        if (plan.execution().onOutOfMemory() == OutOfMemory.HALVE_BATCH && !coupling.isEmpty()) {
            problems.add(new Problem(
                    "execution.on-out-of-memory",
                    "'%s' in %s cannot be repeated with half the batch: %s".formatted(attacker.name(), path, coupling),
                    "use 'fail', with a smaller execution.batch"));
        }
    }

    /** Private data are what an attack is about: it sees what the target answers, and images that everybody has. */
    private void privacy(String path, PlannedComponent<?> attacker, List<Problem> problems) {
        Needs needs = Needs.of(attacker, components);
        List<String> read = new TreeSet<>(needs.data())
                .stream()
                        .filter(part -> part != Part.PUBLIC)
                        .map(DataChecks::label)
                        .toList();
        if (!read.isEmpty()) {
            problems.add(new Problem(
                    path,
                    "'%s' reads the part %s of the data, and no attacker has that"
                            .formatted(attacker.name(), String.join(", ", read)),
                    "use a component that reads public images alone"));
        }
        if (needs.kinds().contains(Kind.DATASET)) {
            problems.add(new Problem(
                    path,
                    "'%s' names a data set, and an attacker has no images but the public ones of the plan's own"
                            .formatted(attacker.name()),
                    "use a component that reads public images alone"));
        }
    }

    /** Nobody knows how a finished target was trained, so that nobody can train models like it. */
    private void training(
            String path, PlannedComponent<MembershipAttack> attack, TargetPlan target, List<Problem> problems) {
        Set<Reading> reads = attack.requirements().reads();
        if ((reads.contains(Reading.REFERENCES) || reads.contains(Reading.TRAINING))
                && !new TeacherChecks(plan.targets()).isTrainedHere(target)) {
            problems.add(new Problem(
                    path,
                    "'%s' %s like the target, which is a finished network or learns from one, so that the plan does not say how that was trained"
                            .formatted(
                                    attack.name(),
                                    reads.contains(Reading.REFERENCES) ? "trains models" : "draws samples"),
                    "attack a target that the plan trains, or use another attack"));
        }
    }

    private void access(String path, PlannedComponent<?> attacker, TargetPlan target, List<Problem> problems) {
        Needs needs = Needs.of(attacker, components);
        Access need = needs.isOnSurrogates() ? Access.NONE : needs.access();
        if (!target.access().grants(need)) {
            Access granted = target.access();
            Kind<?> kind = attacker.component().kind();
            List<String> fitting = components.registry().all(kind).stream()
                    .filter(other -> needs(other, components)
                            .filter(theirs -> granted.grants(theirs.access()))
                            .isPresent())
                    .map(other -> other.component().name())
                    .toList();
            String alternatives = fitting.isEmpty()
                    ? "no %s works from %s".formatted(kind, granted.label())
                    : "%ss that work from %s: %s".formatted(kind, granted.label(), String.join(", ", fitting));
            problems.add(new Problem(
                    path,
                    "'%s' needs %s access, but the plan grants %s"
                            .formatted(attacker.name(), need.label(), granted.label()),
                    alternatives + "; or grant more with " + target.path() + ".access"));
        }
    }

    /** With its defaults; nothing if these name a component of a plugin that is not there. */
    static Optional<Needs> needs(Contribution<?> contribution, Components components) {
        try {
            return Optional.of(needs(contribution.plugin(), contribution.component(), components));
        } catch (InvalidConfigurationException e) {
            return Optional.empty();
        }
    }

    private static <C extends Record, T> Needs needs(
            LoadedPlugin plugin, Component<C, T> component, Components components) {
        return Needs.of(new PlannedComponent<>(plugin, component, component.defaults()), components);
    }

    /** They ask the target that the attack is after, and draw from the generator that it searched. */
    private void controls(List<Problem> problems) {
        plan.controls().forEach((path, control) -> {
            Optional.ofNullable(plan.targets().get(plan.attacked()))
                    .filter(target -> plan.isSound(target.path() + ".access"))
                    .ifPresent(target -> access(path, control, target, problems));
            generator(Stage.SELECT, path, control, problems);
            halving(path, control, problems);
        });
    }

    /** Which facets the generator has is known once it is built; see {@link PlanChecks#generator}. */
    private void generator(Stage stage, String path, PlannedComponent<?> component, List<Problem> problems) {
        var facets = Needs.of(component, components).generator();
        if (!facets.isEmpty() && lacksGenerator(stage)) {
            problems.add(new Problem(
                    path,
                    "'%s' needs a generator (%s), but the plan has none".formatted(component.name(), names(facets)),
                    "add generator: { use: NAME }" + (stage == Stage.PREPARE ? "" : preparers())));
        }
    }

    /** An attack that is not known may prepare one. */
    private boolean lacksGenerator(Stage stage) {
        boolean mayBePrepared = stage != Stage.PREPARE
                && plan.attack()
                        .map(attack -> attack.stages().contains(Stage.PREPARE))
                        .orElse(true);
        return !plan.sections().contains(GENERATOR) && !mayBePrepared;
    }

    /** Those that make a generator under their defaults. */
    private String preparers() {
        List<String> names = components.registry().all(Kind.PREPARER).stream()
                .filter(preparer -> needs(preparer, components)
                        .filter(needs -> needs.generator().isEmpty())
                        .isPresent())
                .map(preparer -> preparer.component().name())
                .toList();
        return names.isEmpty()
                ? ""
                : ", or attack.stages.prepare: { use: NAME } with one of " + String.join(", ", names);
    }

    static String names(Iterable<Class<? extends Generator>> facets) {
        List<String> names = new ArrayList<>();
        facets.forEach(facet -> names.add(facet.getSimpleName()));
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    /** A classifier inside another component's configuration is there to be trained. */
    private void students(List<Problem> problems) {
        Map<String, PlannedComponent<?>> users = new LinkedHashMap<>();
        plan.stages().forEach(stage -> users.put(stage.path(), stage.component()));
        users.putAll(plan.controls());
        plan.metrics().forEach((path, metric) -> users.put(path, metric.metric()));
        users.forEach((path, user) -> user.requirements().parts().stream()
                .filter(part -> part.kind() == Kind.CLASSIFIER)
                .filter(part -> components.choose(part.kind(), part.use()).configuration() instanceof Finished)
                .forEach(part -> problems.add(new Problem(
                        path + "." + part.key(),
                        "'%s' trains this classifier, and '%s' is a finished network"
                                .formatted(user.name(), part.use().name()),
                        "name a classifier that can be trained"))));
    }

    private void budget(TargetPlan target, BoundAttack attack, List<Problem> problems) {
        List<Stage> stages = attack.stages().stream().sorted().toList();
        target.budget().keySet().stream()
                .filter(stage -> !stages.contains(stage))
                .forEach(stage -> problems.add(new Problem(
                        target.path() + ".budget." + stage.label(),
                        "the attack has no stage '" + stage.label() + "'",
                        "it has " + stages.stream().map(Stage::label).collect(Collectors.joining(", ")))));
        if (target.budget().containsKey(Stage.PREPARE)) {
            plan.stage(Stage.PREPARE)
                    .ifPresent(prepare -> problems.add(new Problem(
                            target.path() + ".budget.prepare",
                            "what is prepared cannot be used half-made, so a budget would only end the run",
                            "drop the key, and limit what '%s' asks with its settings, attack.stages.prepare"
                                    .formatted(prepare.component().name()))));
        }
    }
}
