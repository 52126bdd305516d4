package org.obverse.plugins.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020) of fake points against real ones.
 *
 * <p>The ball of a point is closed and reaches to its k-th nearest other point of its own kind.
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
         * Of PPA's released code: precision and recall look at the ball of the nearest point only, and density is a
         * mean over reals.
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
        double[] realRadii = radii(real, k);
        double[] fakeRadii = radii(fake, k);
        double[][] fakeToReal = Distances.squared(fake, real);
        double[][] realToFake = Distances.squared(real, fake);
        long inside = Arrays.stream(fakeToReal)
                .mapToLong(row -> surrounding(row, realRadii))
                .sum();
        return switch (definition) {
            case USUAL ->
                new Prdc(
                        share(fakeToReal, row -> surrounding(row, realRadii) > 0),
                        share(realToFake, row -> surrounding(row, fakeRadii) > 0),
                        (double) inside / k / fake.length,
                        coverage(realToFake, realRadii));
            case REFERENCE ->
                new Prdc(
                        share(fakeToReal, row -> insideNearest(row, realRadii)),
                        share(realToFake, row -> insideNearest(row, fakeRadii)),
                        (double) inside / k / real.length,
                        coverage(realToFake, realRadii));
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

    /** Squared distance of each point to its k-th nearest other point. */
    private static double[] radii(double[][] points, int k) {
        double[] radii = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            double[] distances = Distances.squared(points[i], points);
            distances[i] = Double.NEGATIVE_INFINITY;
            Arrays.sort(distances);
            radii[i] = distances[k];
        }
        return radii;
    }

    /** How many balls a point lies in, given its distances to their centres. */
    private static int surrounding(double[] distances, double[] radii) {
        int balls = 0;
        for (int i = 0; i < radii.length; i++) {
            if (distances[i] <= radii[i]) {
                balls++;
            }
        }
        return balls;
    }

    private static boolean insideNearest(double[] distances, double[] radii) {
        int nearest = 0;
        for (int i = 1; i < distances.length; i++) {
            if (distances[i] < distances[nearest]) {
                nearest = i;
            }
        }
        return distances[nearest] <= radii[nearest];
    }

    private static double coverage(double[][] realToFake, double[] realRadii) {
        int covered = 0;
        for (int i = 0; i < realRadii.length; i++) {
            if (Arrays.stream(realToFake[i]).min().orElseThrow() <= realRadii[i]) {
                covered++;
            }
        }
        return (double) covered / realRadii.length;
    }

    private static double share(double[][] rows, Predicate<double[]> hit) {
        return (double) Arrays.stream(rows).filter(hit).count() / rows.length;
    }
}
