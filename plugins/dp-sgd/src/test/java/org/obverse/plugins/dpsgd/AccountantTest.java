package org.obverse.plugins.dpsgd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account against figures that Opacus 4d0ebc84 publishes in its tests, and an independent quadrature in Python. */
class AccountantTest {
    private static final List<Double> WHOLE =
            IntStream.rangeClosed(2, 63).mapToObj(order -> (double) order).toList();

    @ParameterizedTest
    @CsvSource({
        "0.01, 1.1, 2, 1.285100816e-4",
        "0.01, 1.1, 2.5, 1.6207740937e-4",
        "0.01, 1.1, 3, 1.962778899e-4",
        "0.01, 4, 32, 1.052636066e-4",
        "0.04, 1.5, 3.7, 1.729812490e-3",
        "0.04, 1.5, 4, 1.885340064e-3"
    })
    void the_divergence_of_a_step_is_that_of_an_independent_quadrature(
            double rate, double noise, double order, double divergence) {
        assertEquals(divergence, new SampledGaussian(rate, noise).divergence(order), 2e-9 * divergence);
    }

    @Test
    void the_divergence_of_order_2_has_a_closed_form() {
        for (double noise : new double[] {0.3, 1, 7}) {
            double closed = Math.log1p(0.02 * 0.02 * Math.expm1(1 / (noise * noise)));
            assertEquals(closed, new SampledGaussian(0.02, noise).divergence(2), 1e-9 * closed);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.05", "0.02, 0.3", "0.3, 1", "0.001, 2", "0.9, 20"})
    void whole_and_fractional_orders_meet(double rate, double noise) {
        SampledGaussian step = new SampledGaussian(rate, noise);
        for (double order : new double[] {2, 3, 7, 10}) {
            double whole = step.divergence(order);
            assertEquals(whole, step.divergence(order + 1e-9), 1e-6 * whole, () -> "order " + order);
        }
    }

    @Test
    void nobody_sampled_gives_nothing_away_no_noise_everything_and_everybody_sampled_is_the_gaussian_mechanism() {
        assertEquals(0, new SampledGaussian(0, 1).divergence(2.5));
        assertEquals(Double.POSITIVE_INFINITY, new SampledGaussian(0.1, 0).divergence(2.5));
        assertEquals(3.7 / (2 * 1.5 * 1.5), new SampledGaussian(1, 1.5).divergence(3.7), 1e-12);
    }

    @Test
    void epsilon_is_the_published_one() {
        PrivacyLoss loss = loss(new SampledGaussian(0.04, 1.5), 2250, PrivacyLoss.ORDERS);
        assertEquals(7.32911117, loss.epsilon(), 1e-8);
        assertEquals(3.9, loss.order());

        SampledGaussian first = new SampledGaussian(1e-5, 1);
        SampledGaussian then = new SampledGaussian(1e-4, 3);
        PrivacyLoss both = PrivacyLoss.of(
                order -> 10 * first.divergence(order) + 100 * then.divergence(order), 1e-5, WHOLE.subList(0, 31));
        assertEquals(0.33634536, both.epsilon(), 1e-8);
        assertEquals(23, both.order());

        assertEquals(
                8,
                loss(new SampledGaussian(0.04, 1.416), 2250, PrivacyLoss.ORDERS).epsilon(),
                0.01 * 8);
    }

    @ParameterizedTest
    @CsvSource({
        "256, 60000, 1.1, 14062, 2.59698118, 8",
        "256, 50000, 1, 6860, 2.57468728, 8",
        "256, 50000, 0.5, 6860, 19.7584635, 2"
    })
    void epsilon_of_the_seeds_batches_is_that_of_an_independent_computation(
            int batch, int samples, double noise, long steps, double epsilon, double order) {
        SampledGaussian step = new SampledGaussian((double) batch / samples, noise);
        PrivacyLoss whole = loss(step, steps, WHOLE);

        assertEquals(epsilon, whole.epsilon(), 1e-8 * epsilon);
        assertEquals(order, whole.order());
        double finer = new Accountant(new DpSgd(1, noise, 1e-5)).epsilon(step.rate(), steps);
        assertTrue(finer <= whole.epsilon() && finer > 0.99 * epsilon, () -> "with fractional orders " + finer);
    }

    @Test
    void of_one_step_over_everybody_it_is_above_the_exact_one_by_less_than_a_tenth() {
        PrivacyLoss loss = loss(new SampledGaussian(1, 1), 1, PrivacyLoss.ORDERS);
        assertEquals(4.72850707, loss.epsilon(), 1e-8);
        assertEquals(5.4, loss.order());
        assertTrue(loss.epsilon() > 4.37717810 && loss.epsilon() < 1.1 * 4.37717810);
    }

    @Test
    void an_epsilon_above_1000_has_no_digits() {
        assertEquals(Double.POSITIVE_INFINITY, new Accountant(new DpSgd(1, 0.01, 1e-5)).epsilon(256.0 / 50000, 6860));
        assertEquals(Double.POSITIVE_INFINITY, new Accountant(new DpSgd(1, 0, 1e-5)).epsilon(0.1, 1));
        assertEquals(Double.POSITIVE_INFINITY, new Accountant(new DpSgd(1, 1e-6, 1e-5)).epsilon(1e-4, 1));
    }

    @Test
    void a_minimum_at_an_end_of_the_orders_is_told_from_one_between_them() {
        assertEquals(
                PrivacyLoss.Range.AT_THEIR_END,
                loss(new SampledGaussian(1e-6, 10), 1, PrivacyLoss.ORDERS).range());
        assertEquals(
                PrivacyLoss.Range.WITHIN_THE_ORDERS,
                loss(new SampledGaussian(0.04, 1.5), 2250, PrivacyLoss.ORDERS).range());
    }

    private static PrivacyLoss loss(SampledGaussian step, long steps, List<Double> orders) {
        DoubleUnaryOperator all = order -> steps * step.divergence(order);
        return PrivacyLoss.of(all, 1e-5, orders);
    }
}
