package org.obverse.cli.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.engine.record.RunRecord;

/**
 * A success rate as a share of what a null leaves below a ceiling: {@code (Acc − null) / (ceiling − null)}. It is 0 for an attack that finds
 * no more than the best of as many random draws, and 1 for one that does as well as real images; it stands beside the rate, never in its
 * place.
 *
 * @param value NaN if it is undefined
 * @param reason why it is undefined, without a full stop; empty if it is not
 */
public record Normalised(double value, String reason) {
    /** The control that is its null. */
    public static final String NULL = "best-of-n";

    /** The control that is its ceiling. */
    public static final String CEILING = "real";

    private static final String METRIC = "attack-accuracy";
    private static final String RATE = "Acc@";

    /**
     * Whether a figure says how often what was found is recognised, of which there is a share.
     *
     * @param metric as {@link org.obverse.engine.record.Score#metric} names it
     */
    public static boolean isOf(String metric, String figure, String unit) {
        return metric.startsWith(METRIC) && figure.startsWith(RATE) && unit.equals("fraction");
    }

    /** Of numbers of one unit. */
    public static Normalised of(double rate, double nothing, double ceiling) {
        return ceiling > nothing
                ? new Normalised((rate - nothing) / (ceiling - nothing), "")
                : new Normalised(Double.NaN, "the ceiling '%s' is not above the null '%s'".formatted(CEILING, NULL));
    }

    /**
     * Of a figure of a run.
     *
     * @param metric as {@link org.obverse.engine.record.Score#metric} names it
     * @param rate what the attack reached; NaN if that was not measured
     */
    public static Normalised of(RunRecord run, String metric, String figure, double rate) {
        Optional<Double> nothing = measured(run, NULL, metric, figure);
        Optional<Double> ceiling = measured(run, CEILING, metric, figure);
        if (Double.isNaN(rate) || nothing.isEmpty() || ceiling.isEmpty()) {
            String missing =
                    Double.isNaN(rate) ? "the attack" : nothing.isEmpty() ? "'" + NULL + "'" : "'" + CEILING + "'";
            return new Normalised(Double.NaN, "it was not measured of " + missing);
        }
        return of(rate, nothing.get(), ceiling.get());
    }

    /**
     * Of rates of identities, of the same ones and under the same seeds: the ratio of the means, and its interval by the bootstrap that also
     * compares two settings. There is none where some draw does not leave the ceiling above the null.
     *
     * @param rates {@code [seeds][identities]}, as the other two
     * @return {@link Estimate#NONE} where the ceiling is not above the null
     */
    public static Estimate of(double[][] rates, double[][] nothing, double[][] ceiling, Bootstrap bootstrap) {
        double[][] gained = difference(rates, nothing, 1);
        double[][] possible = difference(ceiling, nothing, 1);
        double share = of(Contrast.mean(rates), Contrast.mean(nothing), Contrast.mean(ceiling))
                .value();
        if (Double.isNaN(share) || rates[0].length < 2) {
            return new Estimate(share, Bounds.NONE);
        }
        double[] drawn = bootstrap.ratios(contrast(gained), contrast(possible));
        return new Estimate(
                share,
                Double.isNaN(drawn[drawn.length - 1])
                        ? Bounds.NONE
                        : Finding.bounds(share, linear(gained, possible, share), drawn));
    }

    /** What each identity adds to a ratio {@code r = a/b}, to first order: {@code (a_c − r b_c)/b}. */
    private static Contrast linear(double[][] above, double[][] below, double ratio) {
        double mean = Contrast.mean(below);
        double[][] parts = difference(above, below, ratio);
        for (double[] row : parts) {
            Arrays.setAll(row, c -> row[c] / mean);
        }
        return contrast(parts);
    }

    private static Contrast contrast(double[][] values) {
        return new Contrast(List.<double[][]>of(values));
    }

    /** {@code a − factor · b}. */
    private static double[][] difference(double[][] a, double[][] b, double factor) {
        return IntStream.range(0, a.length)
                .mapToObj(s -> IntStream.range(0, a[s].length)
                        .mapToDouble(c -> a[s][c] - factor * b[s][c])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Optional<Double> measured(RunRecord run, String control, String metric, String figure) {
        return run.controls().stream()
                .filter(one -> one.name().equals(control))
                .flatMap(one -> one.figure(metric, figure).stream())
                .findFirst();
    }
}
