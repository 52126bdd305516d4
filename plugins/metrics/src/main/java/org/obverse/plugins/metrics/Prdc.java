package org.obverse.plugins.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020) of fake points against real ones.
 *
 * <p>The ball of a point is closed and reaches to its k-th nearest other point of its own kind; which points count as lying
 * on its surface say {@link Balls}.
 */
record Prdc(double precision, double recall, double density, double coverage) {
    /** Which balls count. */
    enum Definition {
        /**
         * Of the papers: precision is the share of fakes in any real's ball, recall the share of reals in any fake's
         * ball, density the mean over fakes of the number of reals' balls around them, divided by k, and coverage the
         * share of reals with a fake in their ball.
         */
        @JsonProperty("usual")
        USUAL,
        /**
         * Of PPA's released code: precision and recall look at the ball of the nearest point only (of points equally
         * near the code takes the first, this one any whose ball holds the point), and density is a mean over reals.
         */
        @JsonProperty("reference")
        REFERENCE
    }

    /**
     * @param real more than k points
     * @param fake more than k points
     * @param k at least 1
     */
    static Prdc of(double[][] real, double[][] fake, int k, Definition definition) {
        Balls reals = Balls.around(real, k);
        Balls fakes = Balls.around(fake, k);
        int[] around = Arrays.stream(fake).mapToInt(reals::holding).toArray();
        double balls = (double) IntStream.of(around).asLongStream().sum() / k;
        double coverage = (double) reals.occupied(fake) / real.length;
        return switch (definition) {
            case USUAL -> {
                double precise = IntStream.of(around).filter(count -> count > 0).count();
                double recall = share(real, point -> fakes.holding(point) > 0);
                yield new Prdc(precise / fake.length, recall, balls / fake.length, coverage);
            }
            case REFERENCE ->
                new Prdc(
                        share(fake, reals::nearestHolds),
                        share(real, fakes::nearestHolds),
                        balls / real.length,
                        coverage);
        };
    }

    /**
     * The mean of each of the four.
     *
     * @param classes at least one
     */
    static Prdc mean(List<Prdc> classes) {
        return new Prdc(
                mean(classes, Prdc::precision),
                mean(classes, Prdc::recall),
                mean(classes, Prdc::density),
                mean(classes, Prdc::coverage));
    }

    private static double mean(List<Prdc> classes, ToDoubleFunction<Prdc> figure) {
        return classes.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static double share(double[][] points, Predicate<double[]> hit) {
        return (double) Arrays.stream(points).filter(hit).count() / points.length;
    }
}
