package org.obverse.api.network;

import java.util.function.Consumer;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Operators.Mode;

/**
 * How a forward pass is made.
 *
 * @param mode training (batch statistics, dropout) or evaluation
 * @param noise for dropout and for networks that are random at inference; used by this pass alone
 * @param uses hears how weights are used, on the thread of the pass; see {@link #tell}
 * @param progress the share of the epochs that were finished, in [0, 1), in the passes by which the engine trains; 1 in all
 *     others, so that what changes while a network is trained stays as it is at the end
 */
public record Pass(Mode mode, RandomStream noise, Consumer<WeightUse> uses, double progress) {
    public static Pass training(RandomStream noise) {
        return new Pass(Mode.TRAINING, noise, use -> {}, 1);
    }

    public static Pass evaluation(RandomStream noise) {
        return new Pass(Mode.EVALUATION, noise, use -> {}, 1);
    }

    /** The same pass, heard by someone who needs the gradient of each sample. */
    public Pass heardBy(Consumer<WeightUse> listener) {
        return new Pass(mode, noise, listener, progress);
    }

    /** The same pass, at some point of a training. */
    public Pass after(double finished) {
        return new Pass(mode, noise, uses, finished);
    }

    /** For layers with weights: how one is used. A layer that tells of none is right, and slow under DP-SGD. */
    public void tell(WeightUse use) {
        uses.accept(use);
    }

    public boolean trains() {
        return mode == Mode.TRAINING;
    }
}
