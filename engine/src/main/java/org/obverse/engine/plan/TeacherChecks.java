package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.Taught;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/** Whether targets that teach others exist, and are done before those that they teach. */
record TeacherChecks(Map<String, TargetPlan> targets) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        targets.values().forEach(target -> {
            for (int i = 0; i < target.defense().size(); i++) {
                if (target.defense().get(i).configuration() instanceof Taught taught) {
                    named(target, i, taught.teacher()).ifPresent(problems::add);
                }
            }
        });
        return problems;
    }

    private Optional<Problem> named(TargetPlan target, int defense, String teacher) {
        String path = target.path() + ".defense." + defense + ".teacher";
        Set<String> others = new LinkedHashSet<>(targets.keySet());
        others.remove(target.name());
        if (!targets.containsKey(teacher)) {
            return Optional.of(new Problem(
                    path,
                    teacher.isEmpty() ? "no teacher is named" : "there is no target '" + teacher + "'",
                    others.isEmpty()
                            ? "write targets: { NAME: { … }, … } with one that teaches, and name it here"
                            : Suggestion.of(teacher, "targets", others)));
        }
        Set<String> chain = new LinkedHashSet<>(Set.of(target.name()));
        Optional<String> next = Optional.of(teacher);
        while (next.isPresent()) {
            if (!chain.add(next.get())) {
                return Optional.of(new Problem(
                        path,
                        "nobody is trained first, as '%s' learns from itself in the end"
                                .formatted(String.join("' learns from '", chain)),
                        "name a teacher that learns from the labels"));
            }
            next = teacherOf(Objects.requireNonNull(targets.get(next.get()))).map(TargetPlan::name);
        }
        return Optional.empty();
    }

    /** Whether the plan trains a target and all who teach it. */
    boolean isTrainedHere(TargetPlan target) {
        Set<String> seen = new LinkedHashSet<>();
        Optional<TargetPlan> one = Optional.of(target);
        while (one.isPresent() && seen.add(one.get().name())) {
            if (!(one.get().origin() instanceof Origin.Trained)) {
                return false;
            }
            one = teacherOf(one.get());
        }
        return true;
    }

    /** The target that teaches another; nothing if none does, or it is not known. */
    private Optional<TargetPlan> teacherOf(TargetPlan student) {
        for (PlannedComponent<Defense> defense : student.defense()) {
            if (defense.configuration() instanceof Taught taught) {
                return Optional.ofNullable(targets.get(taught.teacher()));
            }
        }
        return Optional.empty();
    }
}
