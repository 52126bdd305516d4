package org.obverse.gans;

/** What becomes of a training that left the finite numbers. */
public final class Diverged {
    private Diverged() {}

    /**
     * @param figure its name
     * @param step from 0
     * @throws IllegalStateException if the value is infinite or not a number
     */
    public static void unlessFinite(String figure, double value, int step) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("the training diverged: the " + figure + " of step " + (step + 1) + " is "
                    + value + "; lower training.learning-rate");
        }
    }
}
