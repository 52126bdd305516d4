package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.plugin.Problem;

/** What may not stand beside a policy that bounds what each sample contributes to a step. */
record BoundedSamples(List<PlacedPart> parts) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof GradientPolicy.OfSamples) {
                parts.forEach(other -> DefenseChecks.ask(other, () -> beside(placed, other, problems)));
            }
        }
        return problems;
    }

    private static void beside(PlacedPart policy, PlacedPart other, List<Problem> problems) {
        String bounding = policy.defense().name();
        String name = other.defense().name();
        if ((other.part() instanceof DataTransform transform && transform.mixesSamples())
                || (other.part() instanceof LossTerm term && term.weight() != 0 && term.mixesSamples())) {
            problems.add(new Problem(
                    other.path(),
                    "'%s' lets the samples of a batch act on each other, and '%s' bounds what each of them contributes"
                            .formatted(name, bounding),
                    "drop one of the two defenses"));
        }
        if (other.part() instanceof TeacherLoss) {
            problems.add(new Problem(
                    other.path(),
                    "'%s' asks a teacher that was trained on the private samples, which the guarantee of '%s' does not cover"
                            .formatted(name, bounding),
                    "drop one of the two defenses"));
        }
        if (other.part() instanceof CheckpointPolicy) {
            problems.add(new Problem(
                    other.path(),
                    "'%s' chooses the epoch by private samples, which the guarantee of '%s' does not cover"
                            .formatted(name, bounding),
                    "drop it and choose the number of epochs beforehand (training.epochs), or drop '" + bounding
                            + "'"));
        }
    }
}
