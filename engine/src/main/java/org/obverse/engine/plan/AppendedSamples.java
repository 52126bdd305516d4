package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.plugin.Problem;

/** What may not stand beside a companion, which learns from each batch and appends samples to it. */
record AppendedSamples(TargetPlan target, List<PlacedPart> parts) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof Companion companion) {
                DefenseChecks.ask(placed, () -> {
                    if (companion.weight() != 0) {
                        inDataOrder(placed, problems);
                        parts.forEach(other -> DefenseChecks.ask(other, () -> beside(placed, other, problems)));
                    }
                });
            }
        }
        return problems;
    }

    /** What a companion keeps beside the target's tensors may be in the order of its classes. */
    private void inDataOrder(PlacedPart companion, List<Problem> problems) {
        if (!target.classOrder().isEmpty()) {
            problems.add(new Problem(
                    target.path() + ".class-order",
                    "what '%s' keeps of each class is in the data's own order"
                            .formatted(companion.defense().name()),
                    "drop class-order, and load weights that count as the data do"));
        }
    }

    private static void beside(PlacedPart companion, PlacedPart other, List<Problem> problems) {
        String appending = companion.defense().name();
        String name = other.defense().name();
        if (other.part() instanceof GradientPolicy.OfSamples) {
            problems.add(new Problem(
                    companion.path(),
                    "'%s' learns from whole batches of private samples, which the guarantee of '%s' does not cover"
                            .formatted(appending, name),
                    "drop one of the two defenses"));
        }
        if (other.part() instanceof DataTransform transform && transform.mixesSamples()) {
            problems.add(new Problem(
                    other.path(),
                    "'%s' mixes the samples of a batch, and would mix those that '%s' appends, so that none is what it was made as"
                            .formatted(name, appending),
                    "drop one of the two defenses"));
        }
    }
}
