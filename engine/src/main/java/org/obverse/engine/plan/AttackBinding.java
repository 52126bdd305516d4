package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.BoundPlan.BoundAttack;
import org.obverse.engine.plugin.PluginFailedException;

/** Binds the section {@code attack}: asks the component for its recipe and writes the plan's entries over it. */
final class AttackBinding {
    private static final String CLASSES = "classes";
    private static final String STAGES = "stages";
    static final String NONE = "none";
    private static final String TARGET = ModelEntries.TARGET;

    private static final Set<String> BESIDE = Set.of(TARGET, CLASSES, STAGES);

    private final Components components;
    private final ModelNames targets;
    private final Binder binder;
    private final List<StagePlan<?>> bound = new ArrayList<>();
    private Optional<BoundAttack> attack = Optional.empty();

    AttackBinding(Components components, ModelNames targets, Binder binder) {
        this.components = components;
        this.targets = targets;
        this.binder = binder;
    }

    /** What is known of it; nothing if its recipe is not. */
    Optional<BoundAttack> attack() {
        return attack;
    }

    /** The stages that could be bound, whether the attack could be or not. */
    List<StagePlan<?>> stages() {
        return List.copyOf(bound);
    }

    /** The name of the model that the attack is after unless a stage names another; nothing if a problem was reported. */
    Optional<String> target(Node node, String path) {
        if (targets.names().isEmpty()) {
            return Optional.empty();
        }
        return node.child(TARGET).isPresent()
                ? node.child(TARGET).flatMap(given -> targets.quoted(given, path + "." + TARGET, binder))
                : targets.only(node, path, TARGET, binder);
    }

    /**
     * @param target as {@link #target} found it
     */
    Optional<AttackPlan> bind(Node node, String path, Optional<String> target) {
        Optional<PlannedComponent<Attack>> recipe = components.bind(Kind.ATTACK, node, path, BESIDE, binder);
        Optional<Classes> classes = node.child(CLASSES)
                .map(given -> ClassesKey.read(given, path + "." + CLASSES, binder))
                .orElse(Optional.of(new Classes.All()));
        Mapping given = given(node, path + "." + STAGES);
        Optional<Attack> made = recipe.flatMap(chosen -> create(chosen, node, path));
        if (recipe.isEmpty() || made.isEmpty()) {
            bindNamed(given, path + "." + STAGES, target.orElse(""));
            return Optional.empty();
        }
        Map<Stage, Node> stages = stages(
                made.get(),
                reaching(made.get(), node, given),
                node.line(),
                recipe.get().name());
        attack = Optional.of(new BoundAttack(recipe.get(), Set.copyOf(stages.keySet())));
        String around = path + "." + STAGES;
        String attacked = target.orElse("");
        var prepare = stage(Stage.PREPARE, Kind.PREPARER, stages, around, attacked).stream()
                .toList();
        var sample = stage(Stage.SAMPLE, Kind.SAMPLER, stages, around, attacked);
        var optimize = stage(Stage.OPTIMIZE, Kind.OPTIMIZER, stages, around, attacked).stream()
                .toList();
        var select = stage(Stage.SELECT, Kind.SELECTOR, stages, around, attacked).stream()
                .toList();
        return target.isEmpty() || sample.isEmpty()
                ? Optional.empty()
                : classes.map(
                        whom -> new AttackPlan(recipe.get(), attacked, whom, prepare, sample.get(), optimize, select));
    }

    /** Nothing for a stage that the attack lacks, and where a problem was reported. */
    private <T> Optional<StagePlan<T>> stage(
            Stage stage, Kind<T> kind, Map<Stage, Node> stages, String around, String attacked) {
        Node node = stages.get(stage);
        if (node == null) {
            return Optional.empty();
        }
        String path = around + "." + stage.label();
        Optional<PlannedComponent<T>> component = components.bind(kind, node, path, Set.of(TARGET), binder);
        Optional<String> target = targets.names().isEmpty()
                ? Optional.of(attacked)
                : node.child(TARGET)
                        .map(given -> targets.quoted(given, path + "." + TARGET, binder))
                        .orElse(Optional.of(attacked));
        component.ifPresent(chosen -> bound.add(new StagePlan<>(stage, chosen, target.orElse(""))));
        return component.flatMap(chosen -> target.map(name -> new StagePlan<>(stage, chosen, name)));
    }

    private Mapping reaching(Attack attack, Node node, Mapping given) {
        return node instanceof Mapping section
                ? new RecipeKeys(components, section, BESIDE, attack, binder).reaching(given)
                : given;
    }

    /** Without a recipe, only the stages that name their component can be looked at. */
    private void bindNamed(Mapping given, String around, String attacked) {
        Map<Stage, Node> named = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            given.get(stage.label())
                    .filter(entry -> entry.child(Binder.USE).isPresent())
                    .ifPresent(entry -> named.put(stage, entry));
        }
        stage(Stage.PREPARE, Kind.PREPARER, named, around, attacked);
        stage(Stage.SAMPLE, Kind.SAMPLER, named, around, attacked);
        stage(Stage.OPTIMIZE, Kind.OPTIMIZER, named, around, attacked);
        stage(Stage.SELECT, Kind.SELECTOR, named, around, attacked);
    }

    private Optional<Attack> create(PlannedComponent<Attack> recipe, Node node, String path) {
        try {
            return Optional.of(recipe.create(new NoResources(recipe.subject())));
        } catch (InvalidConfigurationException e) {
            e.problems().forEach(problem -> binder.add(problem.under(path).at(node.line(problem.path()))));
            return Optional.empty();
        } catch (PluginFailedException e) {
            throw e.at(path);
        }
    }

    private Mapping given(Node node, String path) {
        Optional<Node> stages = node.child(STAGES);
        if (stages.isPresent() && !(stages.get() instanceof Mapping)) {
            binder.add(new Problem(
                    path,
                    stages.get().line(),
                    "expected stages, found " + stages.get().found(),
                    "write { optimize: { key: value } }, or { select: none } for an attack without that stage"));
        }
        Mapping given = stages.orElse(Node.nothing()) instanceof Mapping mapping ? mapping : Node.nothing();
        binder.refuseUnknown(
                given, path, Arrays.stream(Stage.values()).map(Stage::label).collect(Collectors.toSet()));
        return given;
    }

    /** The recipe's entries, in which the plan changes settings or, with another {@code use}, the component, or leaves one out. */
    private Map<Stage, Node> stages(Attack attack, Mapping given, int line, String name) {
        Map<Stage, Node> stages = new EnumMap<>(Stage.class);
        attack.stages().forEach((stage, use) -> stages.put(stage, Node.of(use).movedTo(line)));
        for (Stage stage : Stage.values()) {
            given.get(stage.label()).ifPresent(entry -> {
                if (isLeftOut(entry)) {
                    leaveOut(stage, entry, stages, name);
                } else {
                    stages.merge(stage, entry, AttackBinding::over);
                }
            });
            if (stages.get(stage) instanceof Mapping mapping
                    && mapping.get(Binder.USE).isEmpty()) {
                stages.remove(stage);
                binder.add(new Problem(
                        "attack.stages." + stage.label(),
                        mapping.line(),
                        "the attack '" + name + "' has no such stage",
                        "name its component: { use: NAME }; it has "
                                + labels(attack.stages().keySet())));
            }
        }
        return stages;
    }

    /** What stands in a plan, or is put there by an override, where a stage of the recipe is not wanted. */
    static Scalar leftOut(int line) {
        return new Scalar(NONE, line);
    }

    static boolean isLeftOut(Node entry) {
        return entry instanceof Scalar scalar && scalar.value().equals(NONE);
    }

    /** Who says on the command line that a stage is to go expects one. */
    private void leaveOut(Stage stage, Node entry, Map<Stage, Node> stages, String name) {
        String path = "attack.stages." + stage.label();
        if (stage == Stage.SAMPLE) {
            binder.add(new Problem(
                    path,
                    entry.line(),
                    "every attack begins with its sampler, which cannot be left out",
                    "put another one in its place: " + path + ".use=NAME"));
        } else if (stages.remove(stage) == null && entry.line() == 0) {
            binder.add(new Problem(
                    path,
                    "the attack '" + name + "' has no such stage to leave out",
                    "leave the option out; it has " + labels(stages.keySet())));
        }
    }

    private static String labels(Set<Stage> stages) {
        return stages.stream().sorted().map(Stage::label).collect(Collectors.joining(", "));
    }

    private static Node over(Node recipe, Node entry) {
        return recipe instanceof Mapping mapping && entry instanceof Mapping over ? mapping.overlaid(over) : entry;
    }
}
