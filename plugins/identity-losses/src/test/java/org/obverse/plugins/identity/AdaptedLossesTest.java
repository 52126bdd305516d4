package org.obverse.plugins.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.RowGenerator;

class AdaptedLossesTest {
    private static final Workbench BENCH = Workbench.of(AdaptedLossesTest.class).with(new IdentityLossesPlugin());

    /** Three classes on two pixels. */
    private static final Linear MODEL = Linear.of(BENCH, new double[][] {{3, 1}, {0, 2}, {-1, -1}});

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void at_temperature_one_the_cross_entropy_is_the_plain_one_to_the_bit_and_beyond_it_the_closed_form() {
        double[] point = {0.4, -0.3};

        double[] plain = gradient(Use.of("cross-entropy"), MODEL, 1, point);
        double[] warm = gradient(new Use("cross-entropy", Map.of("temperature", 4)), MODEL, 1, point);

        assertArrayEquals(throughRows(softmaxMinusOne(logits(point), 1, 1), 1), plain, 1e-6);
        assertEquals(undivided(1, point), loss(Use.of("cross-entropy"), unit(MODEL), 1, point));
        assertArrayEquals(throughRows(softmaxMinusOne(logits(point), 1, 4), 4), warm, 1e-6);
    }

    @Test
    void at_a_high_temperature_the_gradient_points_from_the_mean_of_all_classes_to_the_class() {
        double[] warm = gradient(new Use("cross-entropy", Map.of("temperature", 1e6)), MODEL, 0, 0.4, -0.3);

        double[] expected = new double[2];
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 2; i++) {
                expected[i] += (1 / 3.0 - (k == 0 ? 1 : 0)) * row(k)[i];
            }
        }
        assertArrayEquals(direction(expected), direction(warm), 1e-5);
    }

    @Test
    void a_matched_temperature_is_the_share_of_the_median_margin_of_public_images() {
        // Logits (x, 0, -x) have the margin x: 1, 2, …, 9, of which 5 is the median.
        Linear model = Linear.of(BENCH, new double[][] {{1, 0}, {0, 0}, {-1, 0}});
        StageUnit unit = unit(model).withPublicImages(numbers(9)).withBatch(4);

        double[] matched =
                gradient(new Use("matched-cross-entropy", Map.of("share", 0.4, "images", 9)), unit, 1, 0.7, 0);

        assertArrayEquals(gradient(new Use("cross-entropy", Map.of("temperature", 2)), model, 1, 0.7, 0), matched);
        assertEquals(9 + 1, unit.queries());
    }

    @Test
    void a_target_without_a_scale_is_refused_with_the_way_out() {
        Linear flat = Linear.of(BENCH, new double[][] {{0, 0}, {0, 0}});
        StageUnit unit = unit(flat).withPublicImages(numbers(9));

        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> gradient(new Use("matched-cross-entropy", Map.of("images", 9)), unit, 1, 0, 0));

        assertTrue(refused.problems().get(0).message().contains("is 0.0, which is no scale"));
    }

    @Test
    void matching_a_margin_has_its_minimum_there_and_the_hinge_asks_no_more() {
        Linear model = Linear.of(BENCH, new double[][] {{1, 0}, {0, 0}, {-1, 0}});
        Use square = new Use("margin-matching", Map.of("images", 9, "quantile", 0.5));
        Use hinge = new Use("margin-matching", Map.of("images", 9, "quantile", 0.5, "form", "hinge"));

        // The usual margin is 5, and the margin of class 0 is the pixel.
        assertArrayEquals(new double[] {2 * (2 - 5) / 25.0, 0}, gradient(square, numbered(model), 0, 2, 0), 1e-6);
        assertArrayEquals(new double[] {0, 0}, gradient(square, numbered(model), 0, 5, 0), 1e-6);
        assertArrayEquals(new double[] {2 * (7 - 5) / 25.0, 0}, gradient(square, numbered(model), 0, 7, 0), 1e-6);
        assertArrayEquals(new double[] {-1 / 5.0, 0}, gradient(hinge, numbered(model), 0, 2, 0), 1e-6);
        assertArrayEquals(new double[] {0, 0}, gradient(hinge, numbered(model), 0, 7, 0), 1e-6);
    }

    @Test
    void the_distance_from_the_boundary_of_a_linear_model_is_exact() {
        // The rows differ by (3, -1), of length √10, and the margin at (0.3, 0.1) is 0.8.
        assertEquals(-.2529822, loss(Use.of("boundary-distance"), unit(MODEL), 0, 0.3, 0.1), 1e-6);
    }

    @Test
    void the_distance_from_a_curved_boundary_has_the_gradient_of_its_differences() {
        Bowl bowl = new Bowl(BENCH.parameters(1), 1);
        double[] point = {0.5, 0.2};

        double[] gradient = gradient(Use.of("boundary-distance"), bowl, 0, point);

        // m = 1 − r², so that d = (1 − r²) / 2r, along the radius.
        double r = Math.hypot(point[0], point[1]);
        double slope = 1 / (2 * r * r) + 0.5;
        assertEquals(-(1 - r * r) / (2 * r), loss(Use.of("boundary-distance"), unit(bowl), 0, point), 1e-5);
        assertArrayEquals(new double[] {slope * point[0] / r, slope * point[1] / r}, gradient, 1e-4);
    }

    @Test
    void neighbours_push_a_point_away_from_a_half_spaces_boundary() {
        Linear sides = Linear.of(BENCH, new double[][] {{60, 80}, {-60, -80}});
        StageUnit unit = unit(sides);

        double[] sum = new double[2];
        run(new Use("boundary-repulsion", Map.of("neighbours", 64)), unit, 40, new double[] {0.02, 0}, gradient -> {
            sum[0] -= gradient[0];
            sum[1] -= gradient[1];
        });

        double[] pushed = direction(sum);
        assertTrue(pushed[0] * 0.6 + pushed[1] * 0.8 > 0.98, () -> "pushed along " + pushed[0] + ", " + pushed[1]);
        assertEquals(40 * 64, unit.queries());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void on_a_ball_the_search_ends_near_the_centre(long seed) {
        Bowl ball = new Bowl(BENCH.parameters(1), 200);
        StageUnit unit = unit(ball).withSeed(seed);
        double[] point = {0.8, 0.3};

        run(new Use("boundary-repulsion", Map.of("neighbours", 32, "radius", 0.3)), unit, 160, point, gradient -> {
            double length = Math.max(1e-12, Math.hypot(gradient[0], gradient[1]));
            point[0] -= 0.012 * gradient[0] / length;
            point[1] -= 0.012 * gradient[1] / length;
        });

        assertTrue(Math.hypot(point[0], point[1]) < 0.1, () -> "it ended at " + point[0] + ", " + point[1]);
    }

    @Test
    void a_radius_grows_while_more_than_three_quarters_of_the_neighbours_are_inside() {
        Linear everywhere = Linear.of(BENCH, new double[][] {{0, 0}, {-1, 0}});
        Bowl nowhere = new Bowl(BENCH.parameters(1), 1);
        Use use = new Use("boundary-repulsion", Map.of("neighbours", 4, "radius", 0.001, "growth", 2));

        // Class 0 is left at x < 0 in the one model, which 0.001 reaches from 50 when it was doubled some 16 times; at
        // r > 1 in the other.
        List<Double> right = new ArrayList<>();
        run(use, unit(everywhere), 24, new double[] {50, 0}, gradient -> right.add(gradient[0]));
        List<Double> outside = new ArrayList<>();
        run(use, unit(nowhere), 12, new double[] {3, 0}, gradient -> outside.add(gradient[0]));

        assertTrue(Math.abs(right.get(0)) < 1e-20, right::toString);
        assertTrue(right.subList(18, 24).stream().anyMatch(slope -> slope < -0.1), right::toString);
        assertEquals(
                outside.get(0), outside.get(11), 0.01, "nobody is inside, so that the neighbours stay where they are");
    }

    @Test
    void the_heads_geometry_does_not_see_the_length_of_features_unless_it_is_asked_to() {
        StageUnit unit = unit(MODEL).withPublicImages(new Rows(List.of(List.of(1.0, 0.0), List.of(-1.0, 0.0))));
        Use angle = new Use("head-geometry", Map.of("images", 2, "length", 0));
        Use both = new Use("head-geometry", Map.of("images", 2, "length", 1));

        double near = loss(angle, unit, 0, 0.5, 0.1);
        double far = loss(angle, unit, 0, 50, 10);

        assertEquals(near, far, 1e-6);
        assertEquals(near + Math.pow(Math.hypot(0.5, 0.1) - 1, 2), loss(both, unit, 0, 0.5, 0.1), 1e-6);
    }

    @Test
    void the_heads_geometry_is_the_cosine_with_the_centred_row_and_does_not_see_what_all_rows_share() {
        Linear shifted = Linear.of(BENCH, new double[][] {{8, 1 - 3}, {5, 2 - 3}, {4, -1 - 3}});
        Use angle = new Use("head-geometry", Map.of("images", 2, "length", 0));
        Rows around = new Rows(List.of(List.of(1.0, 0.5), List.of(-1.0, 0.5)));

        double plain = loss(angle, unit(MODEL).withPublicImages(around), 0, 0.5, 0.1);

        // The rows' mean is (2/3, 2/3) and the features' (0, 0.5).
        double[] w = {3 - 2 / 3.0, 1 - 2 / 3.0};
        double[] f = {0.5, 0.1 - 0.5};
        double cosine = (w[0] * f[0] + w[1] * f[1]) / Math.hypot(w[0], w[1]) / Math.hypot(f[0], f[1]);
        assertEquals(1 - cosine, plain, 1e-6);
        assertEquals(plain, loss(angle, unit(shifted).withPublicImages(around), 0, 0.5, 0.1), 1e-6);
    }

    @Test
    void the_regularised_logit_has_its_minimum_where_the_closed_form_has_it() {
        // −w·f + λ/d ‖f − f̄‖² is least at f̄ + d / 2λ · w.
        StageUnit unit = unit(MODEL).withPublicImages(new Rows(List.of(List.of(0.2, 0.4), List.of(0.4, 0.8))));
        Use use = new Use("feature-regularised", Map.of("weight", 5, "images", 2));
        double[] best = {0.3 + 2 / 10.0 * 3, 0.6 + 2 / 10.0 * 1};

        assertArrayEquals(new double[] {0, 0}, gradient(use, unit, 0, best), 1e-5);
        assertArrayEquals(
                new double[] {-3 + 2 * 5 * (0.5 - 0.3) / 2, -1 + 2 * 5 * (0.1 - 0.6) / 2},
                gradient(use, unit, 0, 0.5, 0.1),
                1e-5);
    }

    @Test
    void the_regulariser_asks_the_model_no_second_time() {
        StageUnit unit = unit(MODEL).withPublicImages(new Rows(List.of(List.of(0.2, 0.4), List.of(0.4, 0.8))));

        gradient(new Use("feature-regularised", Map.of("images", 2)), unit, 0, 0.5, 0.1);

        assertEquals(2 + 1, unit.queries());
    }

    @Test
    void poincare_is_homogeneous_of_degree_zero_and_blind_at_the_pattern_of_equal_wrong_logits() {
        int classes = 10;
        double[] pattern = new double[classes];
        Arrays.fill(pattern, -1.0 / (classes - 1));
        pattern[3] = 1;

        double[] blind = ofLogits(3, pattern);
        double[] somewhere = IntStream.range(0, classes)
                .mapToDouble(k -> Math.sin(1.7 * k) * 3)
                .toArray();
        double[] slope = ofLogits(3, somewhere);

        for (double entry : blind) {
            assertEquals(blind[0], entry, 1e-6);
        }
        double along = IntStream.range(0, classes)
                .mapToDouble(k -> slope[k] * somewhere[k])
                .sum();
        assertEquals(0, along, 1e-9);
    }

    private static double[] ofLogits(int target, double... logits) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray variable = BENCH.gradients().variable(BENCH.manager().create(logits, new Shape(1, logits.length)));
            NDArray loss = LogitLoss.POINCARE.perSample(
                    variable, BENCH.manager().create(new long[] {target}), BENCH.operators());
            return BENCH.gradients().of(loss.sum(), new NDList(variable)).head().toDoubleArray();
        }
    }

    private static Rows numbers(int count) {
        return new Rows(IntStream.rangeClosed(1, count)
                .mapToObj(i -> List.of((double) i, 0.0))
                .toList());
    }

    private static StageUnit numbered(Classifier model) {
        return unit(model).withPublicImages(numbers(9));
    }

    private static StageUnit unit(Classifier model) {
        return StageUnit.of(BENCH, List.of(0), new RowGenerator(2)).withTarget(model);
    }

    private static double[] row(int k) {
        return IntStream.range(0, 2)
                .mapToDouble(i -> MODEL.rows().getFloat(k, i))
                .toArray();
    }

    /** The plain cross-entropy of MODEL's float32 logits. */
    private static double undivided(int target, double... point) {
        NDArray images =
                BENCH.manager().create(new float[] {(float) point[0], (float) point[1]}, new Shape(1, 1, 1, 2));
        NDArray logits = MODEL.forward(images, Pass.evaluation(BENCH.stream(1))).logits();
        return LogitLoss.CROSS_ENTROPY
                .perSample(
                        logits.toType(DataType.FLOAT64, false),
                        BENCH.manager().create(new long[] {target}),
                        BENCH.operators())
                .getDouble(0);
    }

    private static double[] logits(double... point) {
        return IntStream.range(0, MODEL.classes())
                .mapToDouble(k -> row(k)[0] * point[0] + row(k)[1] * point[1])
                .toArray();
    }

    private static double[] softmaxMinusOne(double[] z, int target, double temperature) {
        double sum = Arrays.stream(z).map(v -> Math.exp(v / temperature)).sum();
        return IntStream.range(0, z.length)
                .mapToDouble(k -> Math.exp(z[k] / temperature) / sum - (k == target ? 1 : 0))
                .toArray();
    }

    private static double[] throughRows(double[] ofLogits, double temperature) {
        double[] ofPoint = new double[2];
        for (int k = 0; k < ofLogits.length; k++) {
            ofPoint[0] += ofLogits[k] * row(k)[0] / temperature;
            ofPoint[1] += ofLogits[k] * row(k)[1] / temperature;
        }
        return ofPoint;
    }

    private static double[] direction(double... vector) {
        double length = Math.hypot(vector[0], vector[1]);
        return new double[] {vector[0] / length, vector[1] / length};
    }

    private static double[] gradient(Use use, Classifier model, int target, double... point) {
        return gradient(use, unit(model), target, point);
    }

    private static double[] gradient(Use use, StageUnit unit, int target, double... point) {
        List<double[]> found = new ArrayList<>();
        assess(use, unit, 1, target, point, (loss, gradient) -> found.add(gradient));
        return found.get(0);
    }

    private static double loss(Use use, StageUnit unit, int target, double... point) {
        List<Double> found = new ArrayList<>();
        assess(use, unit, 1, target, point, (loss, gradient) -> found.add(loss));
        return found.get(0);
    }

    private static void run(Use use, StageUnit unit, int steps, double[] point, Consumer<double[]> move) {
        assess(use, unit, steps, 0, point, (loss, gradient) -> move.accept(gradient));
    }

    private interface Look {
        void at(double loss, double... gradient);
    }

    private static void assess(Use use, StageUnit unit, int steps, int target, double[] point, Look look) {
        IdentityLoss loss = BENCH.create(Kind.IDENTITY_LOSS, use);
        IdentityLoss.Objective objective = loss.begin(unit.target(WhiteBox.class), unit);
        for (int number = 0; number < steps; number++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording recording = BENCH.gradients().recording()) {
                NDArray variable = BENCH.gradients()
                        .variable(BENCH.manager()
                                .create(new float[] {(float) point[0], (float) point[1]}, new Shape(1, 2)));
                Candidate candidate = new Candidate(
                        0, target, unit.random().child("candidate").child("step", number));
                Assessment assessed = objective.at(new SearchStep(
                        number,
                        Collections.singletonList(candidate),
                        variable,
                        new RowGenerator(2)::generate,
                        DataType.FLOAT64));
                double[] gradient = BENCH.gradients()
                        .of(assessed.losses().sum(), new NDList(variable))
                        .head()
                        .toType(DataType.FLOAT64, false)
                        .toDoubleArray();
                look.at(assessed.losses().getDouble(0), gradient);
            }
        }
    }
}
