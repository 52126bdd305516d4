package org.obverse.api.metric;

/**
 * How many samples a figure needs before it says anything.
 *
 * @param of what is counted
 * @param least the number, if no feature adds to it
 * @param perFeature what every feature adds that a {@link FeatureBased} metric compares; 0 for other metrics
 * @param reason why fewer do not do, to stand behind "needs N images:"
 */
public record Samples(Counted of, int least, int perFeature, String reason) {
    /** What there can be too few of. */
    public enum Counted {
        /** What is judged. */
        RECONSTRUCTIONS,
        /** Private training images; for a metric of an attack, those of the attacked classes. */
        TRAINING,
        /** Private test images; for a metric of an attack, those of the attacked classes. */
        TEST
    }

    /** A fixed number. */
    public static Samples atLeast(Counted of, int least, String reason) {
        return new Samples(of, least, 0, reason);
    }

    /** More of them than features, without which a covariance is singular. */
    public static Samples moreThanFeatures(Counted of, String reason) {
        return new Samples(of, 1, 1, reason);
    }

    /** The number for so many features. */
    public long needed(long features) {
        return least + perFeature * features;
    }
}
