package org.obverse.plugins.dpsgd;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a training gives away at most: (ε, δ) differential privacy from Rényi's.
 *
 * @param epsilon ε, at least 0
 * @param order whose bound this is
 */
record PrivacyLoss(double epsilon, double order, Range range) {
    /** Whether orders beyond those that were tried might give a smaller bound. */
    enum Range {
        WITHIN_THE_ORDERS,
        AT_THEIR_END
    }

    /** Those of Opacus, and four larger ones for small sampling rates. */
    static final List<Double> ORDERS = Stream.of(
                    IntStream.rangeClosed(11, 109).mapToObj(tenths -> tenths / 10.0),
                    IntStream.rangeClosed(12, 63).mapToObj(order -> (double) order),
                    Stream.of(80.0, 128.0, 256.0, 512.0))
            .flatMap(orders -> orders)
            .toList();

    /**
     * The least over the orders α of {@code D_α + ln((α - 1) / α) - (ln δ + ln α) / (α - 1)} (Balle et al. 2020, arXiv
     * 1905.09982, theorem 21).
     *
     * @param divergence D_α of all steps together
     * @param orders at least one, ascending
     */
    static PrivacyLoss of(DoubleUnaryOperator divergence, double delta, List<Double> orders) {
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int i = 0; i < orders.size(); i++) {
            double order = orders.get(i);
            double epsilon = divergence.applyAsDouble(order)
                    + Math.log1p(-1 / order)
                    - (Math.log(delta) + Math.log(order)) / (order - 1);
            if (epsilon < least) {
                least = epsilon;
                best = i;
            }
        }
        boolean atAnEnd = best == 0 || best == orders.size() - 1;
        return new PrivacyLoss(
                Math.max(0, least), orders.get(best), atAnEnd ? Range.AT_THEIR_END : Range.WITHIN_THE_ORDERS);
    }
}
