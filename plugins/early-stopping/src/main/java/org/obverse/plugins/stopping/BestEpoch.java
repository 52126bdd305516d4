package org.obverse.plugins.stopping;

import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.Epoch;

/** Keeps the first epoch of the highest validation accuracy. A training begins with epoch 0, which forgets the one before. */
final class BestEpoch implements CheckpointPolicy {
    private final EarlyStopping configuration;
    private double best;
    private int since;

    BestEpoch(EarlyStopping configuration) {
        this.configuration = configuration;
    }

    @Override
    public double validation() {
        return configuration.validation();
    }

    @Override
    public Verdict judge(Epoch epoch, double accuracy) {
        if (epoch.index() == 0 || accuracy > best) {
            best = accuracy;
            since = 0;
            return Verdict.KEEP;
        }
        since++;
        return since >= configuration.patience() ? Verdict.STOP : Verdict.CONTINUE;
    }
}
