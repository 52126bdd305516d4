package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.plugin.Problem;

/** What may not stand beside a companion, which learns from each batch and appends samples to it. */
record AppendedSamples(List<PlacedPart> parts) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof Companion companion) {
                DefenseChecks.ask(placed, () -> {
                    if (companion.weight() != 0) {
                        parts.forEach(other -> DefenseChecks.ask(other, () -> beside(placed, other, problems)));
                    }
                });
            }
        }
        return problems;
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
