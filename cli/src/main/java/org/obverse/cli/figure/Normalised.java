package org.obverse.cli.figure;

import java.util.Optional;
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

    private static Optional<Double> measured(RunRecord run, String control, String metric, String figure) {
        return run.controls().stream()
                .filter(one -> one.name().equals(control))
                .flatMap(one -> one.figure(metric, figure).stream())
                .findFirst();
    }
}
