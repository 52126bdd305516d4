package org.obverse.cli.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plan.Threat;
import org.obverse.engine.plugin.Registry;

/**
 * The study that audits one target: a cell per attack that fits it.
 *
 * @param remarks what was left out and why, in a line each
 */
public record AuditPlan(Study study, List<String> remarks) {
    private static final String ATTACK = "attack";

    public AuditPlan {
        remarks = List.copyOf(remarks);
    }

    /** Checks a study with its data and networks, and runs nothing. */
    @FunctionalInterface
    public interface Rehearsal {
        /**
         * @throws InvalidConfigurationException with every problem
         */
        void of(Study study);
    }

    /**
     * @param planned the user's plan
     * @param target names of the target to audit: one, or none for a plan's only one
     * @throws InvalidConfigurationException if the plan is of nothing that can be audited, or no attack fits it
     */
    public static AuditPlan of(
            Study planned, List<String> target, Budget budget, Registry registry, Rehearsal rehearsal) {
        Subject subject = Subject.of(planned, target);
        Map<String, String> leftOut = new LinkedHashMap<>();
        Study study = new Fitting(subject, budget, registry, rehearsal).study(leftOut);
        List<String> remarks = new ArrayList<>();
        subject.ignored()
                .forEach(section -> remarks.add("the plan's " + section + " is not looked at: an audit has its own"
                        + (section.equals(ATTACK) ? " (attack.classes is kept)" : "")));
        leftOut.forEach((name, why) -> remarks.add("the audit goes without '" + name + "': " + why));
        remarks.addAll(unprovable(subject, study));
        return new AuditPlan(study, remarks);
    }

    /** What keeps the audit from ending as verified, whatever its attacks find. */
    private static List<String> unprovable(Subject subject, Study study) {
        List<String> remarks = new ArrayList<>();
        if (subject.target().activeDefense().isEmpty()) {
            return remarks;
        }
        if (study.cells().stream().noneMatch(cell -> cell.threats().contains(Threat.ADAPTED))) {
            remarks.add("the audit cannot end as verified: no attack that fits is adapted to "
                    + subject.target().activeDefense().stream()
                            .map(PlannedComponent::name)
                            .collect(Collectors.joining(" and to ")));
        }
        if (subject.counterpart().isEmpty()) {
            remarks.add(
                    "the audit cannot end as verified: loaded weights have no undefended counterpart; name one under targets");
        }
        return remarks;
    }

    /** Finds out which attacks can be tried. */
    private record Fitting(Subject subject, Budget budget, Registry registry, Rehearsal rehearsal) {
        /**
         * @param leftOut gets what does not fit, by name, and why
         */
        Study study(Map<String, String> leftOut) {
            Map<String, Node> attacks = new LinkedHashMap<>(new Attacks(subject, budget, registry).all());
            keep(attacks, leftOut, this::read);
            Study study = read(attacks);
            try {
                rehearsal.of(study);
                return study;
            } catch (InvalidConfigurationException e) {
                Optional<String> opaque = withoutGradients(e);
                if (opaque.isPresent() && subject.access() == Access.WHITE_BOX) {
                    leftOut.clear();
                    // What it answers is the most that an attacker has of it.
                    study = new Fitting(subject.granting(Access.LOGITS), budget, registry, rehearsal).study(leftOut);
                    leftOut.put("white-box access", opaque.get());
                    return study;
                }
                keep(attacks, leftOut, alone -> {
                    Study one = read(alone);
                    rehearsal.of(one);
                    return one;
                });
                return read(attacks);
            }
        }

        private interface Trial {
            Study of(Map<String, Node> attacks);
        }

        /** Each alone, so that what is wrong with one keeps no other from being tried. */
        private static void keep(Map<String, Node> attacks, Map<String, String> leftOut, Trial trial) {
            attacks.entrySet().removeIf(attack -> {
                try {
                    trial.of(Map.of(attack.getKey(), attack.getValue()));
                    return false;
                } catch (InvalidConfigurationException e) {
                    leftOut.put(attack.getKey(), reason(e));
                    return true;
                }
            });
            if (attacks.keySet().stream().allMatch(name -> name.startsWith(Attacks.UNDEFENDED))) {
                throw new InvalidConfigurationException(leftOut.entrySet().stream()
                        .filter(out -> !out.getKey().startsWith(Attacks.UNDEFENDED))
                        .map(out -> new Problem(
                                "audit",
                                "nothing can be tried; '" + out.getKey() + "': " + out.getValue(),
                                "grant what an outsider has, labels at least, with the target's key access"))
                        .toList());
            }
        }

        /** What is wrong with an attack; anything else is wrong with the user's plan. */
        private static String reason(InvalidConfigurationException e) {
            if (!e.problems().stream().allMatch(problem -> problem.path().startsWith(ATTACK))) {
                throw e;
            }
            return e.problems().stream().map(Problem::message).distinct().collect(Collectors.joining("; "));
        }

        /** Why a target is refused to attackers who may look inside; nothing if that is not the problem. */
        private static Optional<String> withoutGradients(InvalidConfigurationException e) {
            return e.problems().stream()
                    .filter(problem -> problem.path().endsWith(".access"))
                    .map(Problem::message)
                    .findFirst();
        }

        private Study read(Map<String, Node> attacks) {
            Map<String, Node> axes = new LinkedHashMap<>();
            subject.planned()
                    .source()
                    .at("study.axes")
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .ifPresent(seeds -> axes.putAll(seeds.entries()));
            axes.put(ATTACK, new Mapping(attacks, 0));
            Mapping tree = subject.tree()
                    .with("metrics", new Attacks(subject, budget, registry).metrics())
                    .with("study", Node.nothing().with("axes", new Mapping(axes, 0)));
            return new PlanReader(registry).read(tree, subject.planned().name());
        }
    }
}
