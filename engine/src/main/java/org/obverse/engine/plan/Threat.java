package org.obverse.engine.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.engine.plan.AttackPlan.StagePlan;

/**
 * What an attack asks of its target, and how it goes about it. The first three exclude one another; an attack that asks its target
 * nothing has none of them.
 */
public enum Threat {
    /** Its stages ask the target for labels alone. */
    LABEL_ONLY("label-only"),
    /** For scores or logits at most. */
    BLACK_BOX("from scores"),
    /** For gradients, too. */
    WHITE_BOX("white-box"),
    /** It optimizes on another model than the target: on another one of the plan, or on surrogates of its own. */
    TRANSFER("transfer"),
    /** Its stages that ask the target have components which were built to get around each of the defenses that the target has. */
    ADAPTED("adapted");

    private final String label;

    Threat(String label) {
        this.label = label;
    }

    /** In words, as reports write it. */
    public String label() {
        return label;
    }

    /** Of a plan's attack on the target that it is after; none where the plan has no attack. */
    static Set<Threat> of(Plan plan, Components components) {
        Set<Threat> threats = EnumSet.noneOf(Threat.class);
        for (AttackPlan attack : plan.attack()) {
            Set<String> defenses = plan.target(attack.target()).activeDefense().stream()
                    .map(PlannedComponent::name)
                    .collect(Collectors.toSet());
            Access asked = Access.NONE;
            Set<String> adaptedTo = new HashSet<>();
            for (StagePlan<?> stage : attack.stages()) {
                Needs needs = Needs.of(stage.component(), components);
                boolean isElsewhere = !stage.target().equals(attack.target()) || needs.isOnSurrogates();
                if (isElsewhere && stage.stage() == Stage.OPTIMIZE) {
                    threats.add(TRANSFER);
                }
                if (!isElsewhere) {
                    asked = asked.grants(needs.access()) ? asked : needs.access();
                    adaptedTo.addAll(needs.adaptedTo());
                }
            }
            threats.addAll(by(asked));
            if (!defenses.isEmpty() && adaptedTo.containsAll(defenses)) {
                threats.add(ADAPTED);
            }
        }
        return Collections.unmodifiableSet(threats);
    }

    private static Set<Threat> by(Access asked) {
        return switch (asked) {
            case NONE -> Set.of();
            case LABELS -> Set.of(LABEL_ONLY);
            case SCORES, LOGITS -> Set.of(BLACK_BOX);
            case WHITE_BOX -> Set.of(WHITE_BOX);
        };
    }
}
