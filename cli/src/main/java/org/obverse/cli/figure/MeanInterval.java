package org.obverse.cli.figure;

import java.util.List;
import java.util.Set;

/**
 * One figure of one setting, and what identities, and seeds where there are several, tell of it.
 *
 * @param low where the 95 % interval of the mean begins; NaN where every identity has the same value, or there is but one
 * @param high where that ends; likewise
 */
public record MeanInterval(double mean, double low, double high, int identities, int seeds, Set<Doubt> doubts) {
    private static final String FRACTION = "fraction";

    /**
     * By the bootstrap that also compares two settings; an interval of a share ends at 0 and 1.
     *
     * @param values {@code [seeds][identities]}, at least one of each
     * @param unit as {@link org.obverse.api.metric.Measurement.Figure} has it
     */
    public static MeanInterval of(double[][] values, String unit, Bootstrap bootstrap) {
        double mean = Contrast.mean(values);
        int identities = values[0].length;
        if (identities < 2) {
            return new MeanInterval(mean, Double.NaN, Double.NaN, identities, values.length, Set.of());
        }
        Contrast contrast = new Contrast(List.<double[][]>of(values));
        Finding finding = Finding.of(contrast, bootstrap);
        boolean isShare = unit.equals(FRACTION);
        return new MeanInterval(
                mean,
                isShare ? Math.max(0, finding.low()) : finding.low(),
                isShare ? Math.min(1, finding.high()) : finding.high(),
                identities,
                values.length,
                Doubt.of(contrast, unit, mean));
    }

    public boolean hasInterval() {
        return !Double.isNaN(low);
    }

    /** Its value and bounds alone. */
    public Estimate estimate() {
        return new Estimate(mean, new Bounds(low, high));
    }

    /** Such as {@code [54.0, 68.1]}; empty where there is none. */
    public String interval(ValueFormat format) {
        return hasInterval() ? "[" + format.of(low) + ", " + format.of(high) + "]" : "";
    }
}
