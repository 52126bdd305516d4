package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Subject;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;

/** Compares what the stages need with what the plan itself says, without creating anything. */
final class Capabilities {
    private final Components components;
    private final Plan plan;
    private final Mapping source;

    Capabilities(Components components, Plan plan, Mapping source) {
        this.components = components;
        this.plan = plan;
        this.source = source;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan stage : attack.stages()) {
                plan.target().forEach(target -> access(stage, target, problems));
                generator(stage, attack, problems);
            }
            plan.target().forEach(target -> budget(target, attack, problems));
        }
        judges(problems);
        return problems.stream()
                .map(problem -> problem.at(source.line(problem.path())))
                .toList();
    }

    private void access(StagePlan stage, TargetPlan target, List<Problem> problems) {
        Access need = Needs.of(stage.component(), components).access();
        if (!target.access().grants(need)) {
            problems.add(refusal(
                    stage,
                    need,
                    target.access(),
                    "the plan grants " + target.access().label(),
                    components));
        }
    }

    /** Names the components that could fill the stage with the access that there is. */
    static Problem refusal(StagePlan stage, Access need, Access granted, String grant, Components components) {
        Kind<?> kind = stage.component().component().kind();
        List<String> fitting = components.registry().all(kind).stream()
                .filter(other -> granted.grants(needs(other, components)))
                .map(other -> other.component().name())
                .toList();
        String alternatives = fitting.isEmpty()
                ? "no %s works from %s".formatted(kind, granted.label())
                : "%ss that work from %s: %s".formatted(kind, granted.label(), String.join(", ", fitting));
        return new Problem(
                stage.path(),
                "'%s' needs %s access, but %s".formatted(stage.component().name(), need.label(), grant),
                alternatives + "; or grant more with target.access");
    }

    /** With its defaults. */
    private static Access needs(Contribution<?> contribution, Components components) {
        return needs(contribution.plugin(), contribution.component(), components);
    }

    private static <C extends Record, T> Access needs(
            LoadedPlugin plugin, Component<C, T> component, Components components) {
        return Needs.of(new Chosen<>(plugin, component, component.defaults()), components)
                .access();
    }

    /** Which facets the generator has is known once it is built; see {@link PlanChecks#generator}. */
    private void generator(StagePlan stage, AttackPlan attack, List<Problem> problems) {
        var facets = Needs.of(stage.component(), components).generator();
        boolean prepared = !attack.prepare().isEmpty() && stage.stage() != Stage.PREPARE;
        if (!facets.isEmpty() && plan.generator().isEmpty() && !prepared) {
            problems.add(new Problem(
                    stage.path(),
                    "'%s' needs a generator (%s), but the plan has none"
                            .formatted(stage.component().name(), names(facets)),
                    "add generator: { use: NAME }"));
        }
    }

    static String names(Iterable<Class<? extends Generator>> facets) {
        List<String> names = new ArrayList<>();
        facets.forEach(facet -> names.add(facet.getSimpleName()));
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private void judges(List<Problem> problems) {
        for (int i = 0; i < plan.metrics().size() && plan.attack().isEmpty(); i++) {
            if (plan.metrics().get(i).requirements().subject() == Subject.CANDIDATES) {
                problems.add(new Problem(
                        "metrics." + i,
                        "'%s' judges the candidates of an attack, but the plan has none"
                                .formatted(plan.metrics().get(i).name()),
                        "add attack: { use: NAME }, or drop the metric"));
            }
        }
    }

    private static void budget(TargetPlan target, AttackPlan attack, List<Problem> problems) {
        List<Stage> stages = attack.stages().stream().map(StagePlan::stage).toList();
        target.budget().keySet().stream()
                .filter(stage -> !stages.contains(stage))
                .forEach(stage -> problems.add(new Problem(
                        "target.budget." + stage.label(),
                        "the attack has no stage '" + stage.label() + "'",
                        "it has " + stages.stream().map(Stage::label).collect(Collectors.joining(", ")))));
    }
}
