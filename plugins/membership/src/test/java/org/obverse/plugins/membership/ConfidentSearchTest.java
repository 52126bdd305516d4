package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.plugins.membership.ConfidentSearch.Found;
import org.obverse.plugins.membership.ConfidentSearch.Range;
import org.obverse.testkit.Workbench;

/** Against the closed form of a linear model of two classes: {@code max(0, κ − m(x)) / ‖w_y − w_o‖_q} (spec/membership.md, section 5). */
class ConfidentSearchTest {
    private static final Workbench BENCH = Workbench.of(ConfidentSearchTest.class);
    private static final LinearModel MODEL = LinearModel.of(BENCH, new float[][] {{1, 2}, {0, -1}}, 0.1f, -0.2f);
    private static final double SURE = Math.log(0.99 / 0.01);
    private static final double CAP = 5;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static List<Found> search(Norm norm, Range range, double cap, double level, float... points) {
        ConfidentSearch.Settings settings = new ConfidentSearch.Settings(norm, cap, 12, 40, 0, range);
        int count = points.length / 2;
        NDArray images = BENCH.manager().create(points).reshape(count, 2);
        return new ConfidentSearch(MODEL, BENCH, settings, BENCH.stream(1), () -> {})
                .of(images, BENCH.manager().create(new long[count]), level);
    }

    private static double distance(Norm norm, double level, float... point) {
        return search(norm, Range.FREE, CAP, level, point).get(0).distance();
    }

    @Test
    void the_worked_distances_are_found_to_within_a_halving() {
        assertEquals(4.5951, SURE, 1e-4);
        assertEquals(1.2001222720, distance(Norm.EUCLIDEAN, SURE, -1, 0.5f), CAP / 4096);
        assertEquals(0.9487799625, distance(Norm.INFINITY, SURE, -1, 0.5f), CAP / 4096);
    }

    @Test
    void who_is_confident_already_is_at_0_and_who_cannot_be_is_at_the_cap_and_counted() {
        List<Found> found = search(Norm.EUCLIDEAN, Range.FREE, 1, SURE, 3, 1, -1, 0.5f, 0, 0.7f);

        assertEquals(List.of(new Found(0, false), new Found(1, true)), found.subList(0, 2));
        assertEquals((SURE - (0.7 * 3 + 0.3)) / Math.sqrt(10), found.get(2).distance(), 1 / 4096.0);
        assertFalse(found.get(2).isCensored());
    }

    @Test
    void a_higher_level_is_never_nearer() {
        double before = 0;
        for (double level : new double[] {-1, 0.5, 1, 2, 4}) {
            double distance = distance(Norm.EUCLIDEAN, level, -1, 0.5f);
            assertTrue(distance >= before, level + ": " + distance);
            before = distance;
        }
    }

    @Test
    void another_class_than_the_models_own_is_at_least_as_far_as_the_boundary() {
        double boundary = distance(Norm.INFINITY, 0, -1, -0.5f);
        double margin = -1 - 0.5 * 3 + 0.3;

        assertEquals(-margin / 4, boundary, CAP / 4096);
        assertTrue(distance(Norm.INFINITY, SURE, -1, -0.5f) > boundary);
    }

    /** Sure within 0.05 of a half, {@code φ = 5 − 200 (x − 1/2)²}, where a step across the largest ball leads past it. */
    @Test
    void what_is_found_within_a_smaller_ball_counts_although_the_largest_misses_it() {
        Classifier bump = new Answering(
                BENCH.parameters(1),
                (images, pass) -> images.sub(0.5).square().mul(-200).add(5));
        ConfidentSearch.Settings settings = new ConfidentSearch.Settings(Norm.INFINITY, 1, 12, 1, 0, Range.FREE);
        NDArray origin = BENCH.manager().zeros(new Shape(1, 1));

        List<Found> found = new ConfidentSearch(bump, BENCH, settings, BENCH.stream(1), () -> {})
                .of(origin, BENCH.manager().create(new long[1]), 4.5);

        assertEquals(0.45, found.get(0).distance(), 1 / 4096.0);
        assertFalse(found.get(0).isCensored());
    }

    /** Flat around the image, {@code φ = max(0, |x| − 0.3) · 10}: sure of 4.5 from 0.75 on, but from 0 no step leads anywhere. */
    @Test
    void where_no_gradient_leads_away_another_start_does() {
        for (Norm norm : Norm.values()) {
            assertTrue(flat(norm, 0).isCensored(), norm.label);
            assertEquals(0.75, flat(norm, 5).distance(), 1 / 4096.0, norm.label);
        }
    }

    private static Found flat(Norm norm, int restarts) {
        Classifier flat = new Answering(
                BENCH.parameters(1), (x, pass) -> x.abs().sub(0.3).maximum(0).mul(10));
        ConfidentSearch.Settings settings = new ConfidentSearch.Settings(norm, 2, 12, 10, restarts, Range.FREE);
        return new ConfidentSearch(flat, BENCH, settings, BENCH.stream(1), () -> {})
                .of(BENCH.manager().zeros(new Shape(1, 1)), BENCH.manager().create(new long[1]), 4.5)
                .get(0);
    }

    /** {@code φ = 10 x} and noise of deviation 4, of which eight passes leave √2. */
    @Test
    void answers_of_a_model_that_is_random_are_averaged_over_eight_passes() {
        Classifier noisy = new Answering(
                BENCH.parameters(1),
                (x, pass) -> x.mul(10)
                        .add(x.getManager().create((float) (4 * pass.noise().gaussian()))));
        double squares = 0;
        int trials = 400;
        for (int i = 0; i < trials; i++) {
            NDArray point = BENCH.manager().ones(new Shape(1, 1));
            Confidence confidence = Confidence.of(noisy, BENCH.operators(), BENCH.stream(2), point);
            double deviation = confidence
                            .of(
                                    point,
                                    BENCH.manager().create(new long[1]),
                                    BENCH.stream(3).child("trial", i))
                            .getDouble(0)
                    - 10;
            squares += deviation * deviation;
        }

        // The variance of a variance over so many trials is 2/400 of it.
        assertEquals(2, squares / trials, 4 * 2 * Math.sqrt(2.0 / trials));
        assertEquals(
                1,
                Confidence.of(
                                MODEL,
                                BENCH.operators(),
                                BENCH.stream(2),
                                BENCH.manager().ones(new Shape(1, 2)))
                        .draws());
    }

    /** The scaled logit of one number. */
    private record Answering(Parameters parameters, BiFunction<NDArray, Pass, NDArray> sure) implements Classifier {
        @Override
        public Shape input() {
            return new Shape(1);
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Tap> taps() {
            return List.of();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray logit = sure.apply(images, pass);
            return new Activations(logit.concat(logit.mul(0), 1), Map.of());
        }
    }

    @Test
    void images_stay_within_their_range() {
        List<Found> found = search(Norm.INFINITY, Range.IMAGES, CAP, 4.2, 0.9f, 0.2f);

        assertEquals((4.2 - 0.3 - 1) / 3 - 0.2, found.get(0).distance(), CAP / 4096);
        assertEquals(List.of(new Found(CAP, true)), search(Norm.INFINITY, Range.IMAGES, CAP, SURE, 0.9f, 0.2f));
    }

    @Test
    void other_images_of_the_batch_change_nothing() {
        float[] points = BENCH.stream(5).gaussians(10);
        List<Found> together = search(Norm.EUCLIDEAN, Range.FREE, CAP, SURE, points);

        for (int i = 0; i < 5; i++) {
            assertEquals(
                    together.get(i).distance(),
                    distance(Norm.EUCLIDEAN, SURE, points[2 * i], points[2 * i + 1]),
                    1e-12);
        }
    }
}
