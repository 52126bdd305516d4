package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.NestedUse;
import org.obverse.api.plugin.Requirements.NetworkUse;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plan.AttackPlan.StagePlan;

/** Whether what searches is given what it looks at: networks that the attack prepares, and a loss that fits the stage. */
final class SearchChecks {
    private final Components components;
    private final BoundPlan plan;
    private final List<Problem> problems = new ArrayList<>();

    SearchChecks(Components components, BoundPlan plan) {
        this.components = components;
        this.plan = plan;
    }

    List<Problem> problems() {
        for (StagePlan<?> stage : plan.stages()) {
            networks(stage.path(), stage.component());
            loss(stage.path(), stage.component());
        }
        plan.controls().forEach((path, control) -> {
            networks(path, control);
            loss(path, control);
        });
        return List.copyOf(problems);
    }

    private void networks(String path, PlannedComponent<?> component) {
        for (NetworkUse use : Needs.of(component, components).networks()) {
            prepared()
                    .filter(names -> !names.contains(use.name()))
                    .ifPresent(names -> problems.add(new Problem(
                            path + "." + use.key(),
                            "'%s' looks at the network '%s', and the attack prepares %s"
                                    .formatted(component.name(), use.name(), names.isEmpty() ? "none" : "no such one"),
                            names.isEmpty()
                                    ? "write attack.stages.prepare: { use: NAME }; " + preparers()
                                    : Suggestion.of(use.name(), "networks that it prepares", names))));
        }
    }

    /** Nothing where the stage is there and could not be bound, or the attack is not known. */
    private Optional<Set<String>> prepared() {
        Optional<Set<String>> bound = plan.stage(Stage.PREPARE)
                .map(stage -> Needs.of(stage.component(), components).prepares());
        boolean isNone = plan.attack()
                .map(attack -> !attack.stages().contains(Stage.PREPARE))
                .orElse(false);
        return isNone ? Optional.of(Set.of()) : bound;
    }

    /** Those that make networks under their defaults. */
    private String preparers() {
        List<String> names = components.registry().all(Kind.PREPARER).stream()
                .filter(preparer -> Capabilities.needs(preparer, components)
                        .filter(needs -> !needs.prepares().isEmpty())
                        .isPresent())
                .map(preparer -> preparer.component().name())
                .toList();
        return Suggestion.of("", "preparers of networks", names);
    }

    private void loss(String path, PlannedComponent<?> stage) {
        Set<Trait> own = stage.requirements().traits();
        for (NestedUse part : stage.requirements().parts()) {
            PlannedComponent<?> loss = components.choose(part.kind(), part.use());
            if (own.contains(Trait.ASKS_TARGET) && loss.requirements().traits().contains(Trait.ON_SURROGATES)) {
                problems.add(new Problem(
                        path + "." + part.key(),
                        "'%s' looks at prepared networks alone, so that the stage may not ask the target, and '%s' asks it under these settings"
                                .formatted(loss.name(), stage.name()),
                        "let the loss look at the target too, or choose settings of '%s' that ask nothing"
                                .formatted(stage.name())));
            }
            if (own.contains(Trait.MOVES_NO_POINTS)) {
                around(path + "." + part.key(), loss)
                        .forEach((place, name) -> problems.add(new Problem(
                                place,
                                "'%s' looks at neighbours of points of the generator, and '%s' moves something else"
                                        .formatted(name, stage.name()),
                                "use another loss, or an optimizer of points such as latent-adam")));
            }
        }
    }

    private Map<String, String> around(String path, PlannedComponent<?> loss) {
        if (loss.requirements().traits().contains(Trait.AROUND_POINTS)) {
            return Map.of(path, loss.name());
        }
        Map<String, String> found = new TreeMap<>();
        for (NestedUse part : loss.requirements().parts()) {
            found.putAll(around(path + "." + part.key(), components.choose(part.kind(), part.use())));
        }
        return found;
    }
}
