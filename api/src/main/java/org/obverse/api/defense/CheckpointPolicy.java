package org.obverse.api.defense;

/** Decides which epoch's weights are kept, and when training stops. At most one per plan. */
public non-sealed interface CheckpointPolicy extends DefensePart {
    /** The share of the training part that is set aside for validation, in [0, 1). */
    double validation();

    /**
     * Called after each epoch.
     *
     * @param accuracy on the validation samples, in [0, 1]; on the training batches if none are set aside
     */
    Verdict judge(Epoch epoch, double accuracy);

    /** What happens after an epoch. */
    enum Verdict {
        /** These weights are the best so far. */
        KEEP,
        CONTINUE,
        /** Training ends with the weights last kept. */
        STOP
    }
}
