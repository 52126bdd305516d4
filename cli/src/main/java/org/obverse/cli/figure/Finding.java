package org.obverse.cli.figure;

import java.util.Arrays;

/**
 * What the identities, and the seeds where there are several, tell of one difference.
 *
 * @param difference the mean, other minus baseline
 * @param low where its 95 % interval begins; NaN where every identity shows the same difference, which bounds nothing
 * @param high where that ends; likewise
 * @param p two-sided, of the hypothesis that there is no difference
 * @param error standard error
 * @param detectable the smallest difference that such a comparison finds in four of five cases, at 5 % and not corrected for many
 *     tests; NaN likewise
 */
public record Finding(double difference, double low, double high, double p, double error, double detectable) {
    private static final double LEVEL = 0.05;
    private static final double MISSED = 0.2;
    private static final int HALVINGS = 40;

    /**
     * The percentile interval, widened to what a small sample is worth. Deviations of the drawn means from the mean are
     * multiplied by {@code (standard error / their standard deviation) · (t / z)}: drawing n identities again gives a spread that
     * is too small by {@code √((n − 1)/n)}, and normal quantiles where t quantiles are due (the narrowness bias of Hesterberg, "What
     * Teachers Should Know About the Bootstrap", The American Statistician 69, 2015, whose percentiles go further out
     * instead; with the three seeds of a study there is nothing further out). The p value is the level at which the interval begins
     * to contain 0.
     */
    public static Finding of(Contrast contrast, Bootstrap bootstrap) {
        double mean = contrast.mean();
        Contrast.Precision precision = contrast.precision();
        if (precision.error() <= rounding(contrast)) {
            return alike(mean, contrast);
        }
        double[] drawn = bootstrap.means(contrast);
        double[] bounds = interval(LEVEL, mean, precision, drawn);
        return new Finding(
                mean,
                bounds[0],
                bounds[1],
                p(mean, precision, drawn),
                precision.error(),
                (precision.errors(LEVEL / 2) + precision.errors(MISSED)) * precision.error());
    }

    /** Every identity shows the same difference, which is as likely up as down if there is none: the sign test. */
    private static Finding alike(double mean, Contrast contrast) {
        boolean isNone = Math.abs(mean) <= rounding(contrast);
        double p = isNone ? 1 : Math.pow(2, 1 - contrast.identities());
        return new Finding(isNone ? 0 : mean, Double.NaN, Double.NaN, p, 0, Double.NaN);
    }

    private static double rounding(Contrast contrast) {
        return 1e-12
                * contrast.arms().stream()
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .max()
                        .orElse(0);
    }

    /**
     * That of another figure of the same identities and seeds, widened likewise; none where every identity says the same.
     *
     * @param linear what each identity adds to the figure, to first order
     * @param drawn the figure under each draw, in ascending order
     */
    static Bounds bounds(double value, Contrast linear, double[] drawn) {
        Contrast.Precision precision = linear.precision();
        if (precision.error() <= rounding(linear)) {
            return Bounds.NONE;
        }
        double[] bounds = interval(LEVEL, value, precision, drawn);
        return new Bounds(bounds[0], bounds[1]);
    }

    private static double[] interval(double level, double mean, Contrast.Precision precision, double[] drawn) {
        double wider = precision.error() / precision.drawn() * precision.errors(level / 2) / Normal.upper(level / 2);
        return new double[] {
            mean + wider * (quantile(drawn, level / 2) - mean), mean + wider * (quantile(drawn, 1 - level / 2) - mean)
        };
    }

    /** Not below what the number of draws can tell. */
    private static double p(double mean, Contrast.Precision precision, double[] drawn) {
        double low = 2.0 / (drawn.length + 1);
        double high = 1;
        if (isOutside(interval(low, mean, precision, drawn))) {
            return low;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (isOutside(interval(middle, mean, precision, drawn))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean isOutside(double[] interval) {
        return interval[0] > 0 || interval[1] < 0;
    }

    /** Between neighbours in proportion: the (q (B + 1))-th smallest of B. */
    static double quantile(double[] sorted, double q) {
        double rank = Math.min(sorted.length, Math.max(1, q * (sorted.length + 1))) - 1;
        int below = (int) rank;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
