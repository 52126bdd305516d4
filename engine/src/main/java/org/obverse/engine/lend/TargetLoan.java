package org.obverse.engine.lend;

import java.util.List;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.network.Classifier;

/** What a metric of a target is lent for one unit: no more than it declared. */
public record TargetLoan(UnitLoan unit, DeclaredData lent, Classifier target, List<Integer> heldOut)
        implements TargetEvidence, UnitEvidence {
    public TargetLoan {
        heldOut = List.copyOf(heldOut);
    }

    @Override
    public Classifier target() {
        return new LentClassifier(target, manager());
    }
}
