package org.obverse.cli.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plan.TargetPlan;

/**
 * The target that is audited, in the user's plan.
 *
 * @param planned the plan as it was read
 * @param target the audited one
 * @param access what its attackers may ask
 * @param counterpart name of the target that is the same without a defense; empty if the audited one has none
 * @param tree the plan without what the audit puts in place, with that counterpart
 */
record Subject(Study planned, TargetPlan target, Access access, String counterpart, Mapping tree) {
    private static final String TARGET = "target";
    private static final String TARGETS = "targets";
    private static final String GENERATOR = "generator";
    private static final String EVALUATION = "evaluation";
    private static final String UNDEFENDED = "undefended";
    /** The only data that the shipped generator draws pictures of. */
    private static final String SHIPPED_DATA = "synthetic-faces";

    /** Written anew. */
    private static final Set<String> REPLACED = Set.of("study", "attack", "membership", "metrics", TARGET, TARGETS);

    /**
     * @param names of the target to audit, as the user gave them: one, or none for a plan's only one
     * @throws InvalidConfigurationException with everything that keeps it from being audited
     */
    static Subject of(Study planned, List<String> names) {
        List<Problem> problems = new ArrayList<>();
        Plan plan = planned.cells().get(0).plan();
        study(planned, problems);
        if (plan.evaluation().isEmpty()) {
            problems.add(new Problem(
                    EVALUATION,
                    "an audit needs a judge that you trust, and the plan has none; it trains none of its own, whose errors"
                            + " nobody would know",
                    "add evaluation: { judge: { classifier: { use: NAME }, training: { … } } }, of another architecture than"
                            + " the target"));
        }
        if (plan.generator().isEmpty() && !plan.data().name().equals(SHIPPED_DATA)) {
            problems.add(
                    new Problem(
                            GENERATOR,
                            "an audit needs a generator of such pictures as the data has; the one that is shipped draws "
                                    + SHIPPED_DATA + " alone",
                            "add generator: { use: stylegan2, weights: FILE }, or train one on public images: cli/plans/train-generator.yaml"));
        }
        if (plan.targets().isEmpty()) {
            problems.add(new Problem(
                    TARGET,
                    "the plan has no target to audit",
                    "add target: { classifier: { use: NAME }, … } with training or weights"));
        }
        String name = names.isEmpty() ? "" : names.get(0);
        if (name.isEmpty() && plan.targets().size() > 1) {
            problems.add(new Problem(
                    TARGETS,
                    "an audit is of one target, and the plan has "
                            + String.join(", ", plan.targets().keySet()),
                    "say which with --target NAME"));
        }
        if (names.size() > 1) {
            problems.add(new Problem(
                    "--target",
                    "an audit is of one target, not of " + String.join(", ", names),
                    "audit each by itself"));
        }
        if (!name.isEmpty() && !plan.targets().containsKey(name)) {
            problems.add(new Problem(
                    "--target",
                    "there is no target '" + name + "'",
                    Suggestion.of(name, TARGETS, plan.targets().keySet())));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return of(planned, name.isEmpty() ? plan.targets().values().iterator().next() : plan.target(name));
    }

    /** Repetitions with other seeds are welcome, everything else that a study varies is not about one target. */
    private static void study(Study planned, List<Problem> problems) {
        planned.cells().get(0).coordinates().stream()
                .filter(at -> !at.isSeed())
                .map(Coordinate::axis)
                .forEach(axis -> problems.add(new Problem(
                        "study",
                        "an audit varies the attack on one target, and the plan varies " + axis,
                        "leave it out with -o '~study', and give its value with -o")));
    }

    private static Subject of(Study planned, TargetPlan target) {
        Plan plan = planned.cells().get(0).plan();
        Mapping source = planned.source();
        Map<String, Node> targets = new LinkedHashMap<>();
        source.get(TARGETS)
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .ifPresent(many -> targets.putAll(many.entries()));
        source.get(TARGET).ifPresent(one -> targets.put(TARGET, one));
        String counterpart = counterpart(plan, target);
        if (!counterpart.isEmpty() && !targets.containsKey(counterpart)) {
            targets.put(
                    counterpart,
                    Node.nothing()
                            .with("like", new Scalar(target.name(), 0))
                            .with("defense", new Sequence(List.of(), 0)));
        }
        Mapping tree = source.without(REPLACED).with(TARGETS, new Mapping(targets, 0));
        if (plan.generator().isEmpty()) {
            tree = tree.with(
                    GENERATOR, Yaml.read("{ use: stylegan2, weights: \"builtin:synthetic-faces-32\" }", "audit"));
        }
        return new Subject(planned, target, target.access(), counterpart, tree);
    }

    /**
     * One of the plan, or a name for one that is to be added; empty where loaded weights have none: the same weights without the name of
     * their defense are no undefended target.
     */
    private static String counterpart(Plan plan, TargetPlan target) {
        if (target.activeDefense().isEmpty()) {
            return "";
        }
        boolean isLoaded = target.origin() instanceof Origin.Loaded;
        return plan.targets().values().stream()
                .filter(other -> other.activeDefense().isEmpty()
                        && other.classifier().equals(target.classifier())
                        && (isLoaded
                                ? other.origin() instanceof Origin.Loaded
                                        && !other.origin().equals(target.origin())
                                : other.origin().equals(target.origin())))
                .map(TargetPlan::name)
                .findFirst()
                .orElseGet(() -> isLoaded ? "" : free(plan.targets().keySet()));
    }

    private static String free(Set<String> taken) {
        String name = UNDEFENDED;
        for (int i = 2; taken.contains(name); i++) {
            name = UNDEFENDED + "-" + i;
        }
        return name;
    }

    Plan plan() {
        return planned.cells().get(0).plan();
    }

    /** The same with less access. */
    Subject granting(Access less) {
        Mapping targets = (Mapping) tree.get(TARGETS).orElseThrow();
        Mapping own = (Mapping) targets.get(target.name()).orElseThrow();
        Mapping changed = targets.with(target.name(), own.with("access", new Scalar(less.label(), 0)));
        return new Subject(planned, target, less, counterpart, tree.with(TARGETS, changed));
    }

    /** Sections of the plan that the audit has its own of, and that are not looked at. */
    List<String> ignored() {
        return List.of("attack", "membership", "metrics").stream()
                .filter(section -> planned.source().get(section).isPresent())
                .toList();
    }
}
