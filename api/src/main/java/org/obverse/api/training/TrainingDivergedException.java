package org.obverse.api.training;

/** A training run left the finite numbers: its learning rate is too high, or its images are not finite. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param epoch from 1
     * @param loss mean over the epoch
     */
    public TrainingDivergedException(int epoch, double loss) {
        super("training diverged: the loss of epoch " + epoch + " is " + loss);
    }
}
