package org.obverse.plugins.vmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class PosteriorsTest {
    private static final Workbench BENCH = Workbench.of(PosteriorsTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** KL(N(.3, .8²) ‖ N(0, 1)) = ½ (s² + b² − 1 − 2 ln s) = .0881435513. */
    @Test
    void the_divergence_of_a_gaussian_is_estimated_within_three_standard_errors() {
        int draws = 40_000;
        Posteriors q = gaussian(.8, .3);

        double estimate = q.draws(draws, List.of(BENCH.stream(1))).divergence().getFloat();

        double log = Math.log(.8);
        double[] terms = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            double e = BENCH.stream(1).child("draw", draw).gaussians(1)[0];
            double z = .8 * e + .3;
            terms[draw] = -.5 * e * e - log + .5 * z * z;
        }
        double mean = Arrays.stream(terms).average().orElseThrow();
        double variance = Arrays.stream(terms)
                .map(term -> (term - mean) * (term - mean))
                .average()
                .orElseThrow();
        assertEquals(.0881435513, estimate, 3 * Math.sqrt(variance / draws));
        assertEquals(mean, estimate, 1e-5);
    }

    @Test
    void what_begins_as_the_prior_has_no_divergence() {
        for (int layers : List.of(0, 2, 3)) {
            Posteriors start = start(new Styled(), new FlowSettings(2, 3, 5, layers));

            float[] divergence = start.draws(7, List.of(BENCH.stream(1), BENCH.stream(2)))
                    .divergence()
                    .toFloatArray();

            assertArrayEquals(new float[2], divergence, 1e-6f);
        }
    }

    @Test
    void without_layers_all_rows_are_of_one_z() {
        NDArray points = start(new Styled(), new FlowSettings(1, 2, 5, 0))
                .draws(3, List.of(BENCH.stream(1)))
                .points();

        assertEquals(new Shape(3, 3, 4), points.getShape());
        assertArrayEquals(points.get(":,0").toFloatArray(), points.get(":,1").toFloatArray());
        assertArrayEquals(points.get(":,0").toFloatArray(), points.get(":,2").toFloatArray());
    }

    /** The shift of each of the two Gaussians, 5 and −7, comes to its own row of w = 2 z + 1; the third is drawn from the prior. */
    @Test
    void each_layer_has_its_own_flow_and_the_rest_is_the_prior() {
        FlowSettings settings = new FlowSettings(1, 0, 1, 2);
        float[] parameters = new float[16];
        Arrays.fill(parameters, 0, 4, -40);
        Arrays.fill(parameters, 4, 8, 5);
        Arrays.fill(parameters, 8, 12, -40);
        Arrays.fill(parameters, 12, 16, -7);
        Posteriors q = new Posteriors(
                new Styled(), settings, BENCH.manager().create(parameters, new Shape(1, 2, 8)), new NDList());

        NDArray points = q.draws(2, List.of(BENCH.stream(1))).points();

        assertArrayEquals(constant(8, 11), points.get(":,0").toFloatArray(), 1e-5f);
        assertArrayEquals(constant(8, -13), points.get(":,1").toFloatArray(), 1e-5f);
        for (int draw = 0; draw < 2; draw++) {
            float[] fresh =
                    Arrays.copyOfRange(BENCH.stream(1).child("draw", draw).gaussians(12), 8, 12);
            float[] row = points.get(draw + ",2").toFloatArray();
            for (int i = 0; i < 4; i++) {
                assertEquals(2 * fresh[i] + 1, row[i], 1e-5);
            }
        }
    }

    @Test
    void how_many_are_drawn_and_for_whom_changes_no_draw() {
        Posteriors q = start(new Styled(), new FlowSettings(2, 2, 5, 2));
        List<RandomStream> streams = List.of(BENCH.stream(1), BENCH.stream(2));

        float[] all = q.draw(3, streams).toFloatArray();
        float[] first = q.draw(1, streams).toFloatArray();
        float[] second = q.rows(1).draw(3, List.of(BENCH.stream(2))).toFloatArray();

        assertArrayEquals(Arrays.copyOfRange(all, 0, 12), Arrays.copyOfRange(first, 0, 12), 1e-6f);
        assertArrayEquals(Arrays.copyOfRange(all, 36, 72), second, 1e-6f);
    }

    @Test
    void candidates_are_built_of_their_own_draws_whoever_is_beside_them() {
        Posteriors together = start(new Styled(), new FlowSettings(1, 2, 5, 2), 4, 7);
        Posteriors alone = start(new Styled(), new FlowSettings(1, 2, 5, 2), 7);

        assertArrayEquals(
                alone.parameters().toFloatArray(), together.rows(1).parameters().toFloatArray());
        assertArrayEquals(
                alone.permutations().head().toLongArray(),
                together.rows(1).permutations().head().toLongArray());
    }

    @Test
    void a_distribution_opens_again_from_its_variables() {
        for (int depth : List.of(0, 2)) {
            FlowSettings settings = new FlowSettings(2, depth, 5, 2);
            Posteriors q = start(new Styled(), settings);

            var again = new PriorFlows(settings).open(q.variables(), new Styled());

            assertEquals(depth == 0 ? 1 : 2, q.variables().size());
            assertArrayEquals(
                    q.draw(2, List.of(BENCH.stream(1), BENCH.stream(2))).toFloatArray(),
                    again.draw(2, List.of(BENCH.stream(1), BENCH.stream(2))).toFloatArray());
        }
    }

    @Test
    void the_selector_draws_points_with_the_score_of_their_distribution() {
        Posteriors q = start(new Styled(), new FlowSettings(1, 0, 1, 0), 4, 7);
        Candidates found = new Candidates(q, List.of(4, 7), List.of(-1.0, -2.0), List.of());

        Candidates drawn = new PosteriorDraws(new PosteriorDraws.Settings(3))
                .select(found, StageUnit.of(BENCH, List.of(4, 7), new Styled()));

        assertEquals(List.of(4, 4, 4, 7, 7, 7), drawn.classes());
        assertEquals(List.of(-1.0, -1.0, -1.0, -2.0, -2.0, -2.0), drawn.scores());
        assertEquals(
                new Shape(6, 3, 4),
                ((LatentPoints) drawn.representation()).points().getShape());
    }

    @Test
    void images_are_no_distributions() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> Posteriors.of(new FixedImages(BENCH.manager().zeros(new Shape(1, 1, 1, 1))), "posterior-draws"));

        assertEquals(
                "'posterior-draws' works on a distribution per candidate, but the stage before gave 'images'",
                refusal.problems().get(0).message());
    }

    @Test
    void flows_that_do_not_fit_the_generator_are_refused_before_anything_is_asked() {
        assertEquals(List.of(), refusals(new Styled(), new FlowSettings(1, 2, 5, 3)));
        assertEquals(
                List.of(new Problem(
                        "layers",
                        "the generator has 3 rows of style vectors",
                        "use at most 3, or 0 for one flow over z")),
                refusals(new Styled(), new FlowSettings(1, 2, 5, 4)));
        assertEquals(
                List.of(new Problem("depth", "a step couples coordinates, and z has one", "use 0, a Gaussian")),
                refusals(new Line(), new FlowSettings(1, 1, 5, 0)));
    }

    private static List<Problem> refusals(Generator generator, FlowSettings settings) {
        return new PriorFlows(settings).check(new Preflight.Setting(generator, generator.image(), List.of(0), 8));
    }

    private static Posteriors gaussian(double deviation, double mean) {
        float[] parameters = {(float) Math.log(deviation), (float) mean};
        return new Posteriors(
                new Line(),
                new FlowSettings(1, 0, 1, 0),
                BENCH.manager().create(parameters, new Shape(1, 1, 2)),
                new NDList());
    }

    private static Posteriors start(Generator generator, FlowSettings settings, Integer... classes) {
        List<Integer> wanted = classes.length == 0 ? List.of(3) : List.of(classes);
        Candidates start = new PriorFlows(settings).sample(StageUnit.of(BENCH, wanted, generator));
        return (Posteriors) start.representation();
    }

    private static float[] constant(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
