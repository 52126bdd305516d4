package org.obverse.api.network;

import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Operators.Mode;

/**
 * How a forward pass is made.
 *
 * @param mode training (batch statistics, dropout) or evaluation
 * @param noise for dropout and for networks that are random at inference; used by this pass alone
 */
public record Pass(Mode mode, RandomStream noise) {
    public static Pass training(RandomStream noise) {
        return new Pass(Mode.TRAINING, noise);
    }

    public static Pass evaluation(RandomStream noise) {
        return new Pass(Mode.EVALUATION, noise);
    }

    public boolean trains() {
        return mode == Mode.TRAINING;
    }
}
