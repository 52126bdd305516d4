package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Problem;

/** Whether a target can be trained while policies keep some of its weights from it. */
record FrozenWeights(TargetPlan target, List<PlacedPart> parts) {
    private static final int SHOWN = 12;

    /** What was learned elsewhere comes from a file. */
    List<Problem> origin() {
        List<Problem> problems = new ArrayList<>();
        if (target.origin() instanceof Origin.Trained && !isPretrained()) {
            policies((placed, policy) -> {
                if (policy.needsPretrained()) {
                    problems.add(new Problem(
                            placed.path(),
                            "'%s' keeps what a network has learned elsewhere, and '%s' starts from random values: there is nothing to transfer"
                                    .formatted(
                                            placed.defense().name(),
                                            target.classifier().name()),
                            target.classifier().configuration() instanceof Pretrained
                                    ? "name a weights file with " + target.path() + ".classifier.pretrained"
                                    : "choose a classifier that has the key 'pretrained', such as small-resnet"));
                }
            });
        }
        return problems;
    }

    private boolean isPretrained() {
        return target.classifier().configuration() instanceof Pretrained network
                && !network.pretrained().isEmpty();
    }

    /**
     * What the policies say of the network, and whether something of it trains in each epoch.
     *
     * @param weights the names of what training could change
     */
    List<Problem> of(Set<String> weights) {
        List<Problem> problems = new ArrayList<>();
        policies((placed, policy) ->
                policy.check(weights).forEach(problem -> problems.add(problem.under(placed.path()))));
        if (problems.isEmpty() && target.origin() instanceof Origin.Trained trained) {
            int epochs = trained.recipe().epochs();
            for (int e = 0; e < epochs && problems.isEmpty(); e++) {
                idle(new Epoch(e, epochs), weights, problems);
            }
        }
        return problems;
    }

    private void idle(Epoch epoch, Set<String> weights, List<Problem> problems) {
        Set<String> left = new TreeSet<>(weights);
        List<PlacedPart> freezing = new ArrayList<>();
        policies((placed, policy) -> {
            if (left.removeIf(weight -> !policy.trains(weight, epoch))) {
                freezing.add(placed);
            }
        });
        if (left.isEmpty() && !freezing.isEmpty()) {
            problems.add(new Problem(
                    freezing.get(freezing.size() - 1).path(),
                    "nothing of '%s' is trained in epoch %d: every weight is frozen"
                            .formatted(target.classifier().name(), epoch.index() + 1),
                    "let some of them train: " + some(weights)));
        }
    }

    private static String some(Set<String> weights) {
        List<String> sorted = List.copyOf(new TreeSet<>(weights));
        return sorted.size() <= SHOWN
                ? String.join(", ", sorted)
                : String.join(", ", sorted.subList(0, SHOWN)) + " and " + (sorted.size() - SHOWN) + " others";
    }

    private interface Question {
        void ask(PlacedPart placed, ParameterPolicy policy);
    }

    private void policies(Question question) {
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof ParameterPolicy policy) {
                DefenseChecks.ask(placed, () -> question.ask(placed, policy));
            }
        }
    }
}
