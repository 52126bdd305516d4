package org.obverse.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.plugin.Use;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.StyleBox;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Bowl;
import org.obverse.testkit.small.StyledRow;

class BoundedAdamTest {
    private static final Workbench BENCH = Workbench.of(BoundedAdamTest.class).with(new IdentityLossesPlugin());
    private static final List<Float> CENTRE = List.of(0.5f, -0.1f, 0.3f, 0.9f);
    private static final float[] START = {0.2f, -0.05f, 0.6f, 0.1f};

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The first step has the rate 0; the second one Adam's, 0.2 times half the rise, against the sign of 2 (w − c). */
    @Test
    void the_second_step_moves_each_coordinate_by_the_risen_rate_against_its_gradient() {
        Candidates found = search(new DescentSettings(Use.of("cross-entropy"), 2, 0.2, 1, 0, 0, box(0), 0, 0))
                .optimize(start(START), unit(1));

        float[] moved = styles(found);
        for (int j = 0; j < START.length; j++) {
            double sign = Math.signum(START[j] - CENTRE.get(j));
            assertEquals(START[j] - 0.2 * 0.5 * sign, moved[j], 1e-5, "coordinate " + j);
        }
    }

    @Test
    void the_search_reaches_a_centre_in_the_box() {
        Candidates found = search(new DescentSettings(Use.of("cross-entropy"), 300, 0.05, 0.05, 0.25, 0, box(3), 0, 0))
                .optimize(start(START), unit(1));

        float[] styles = styles(found);
        for (int j = 0; j < START.length; j++) {
            assertEquals(CENTRE.get(j), styles[j], 0.02, "coordinate " + j);
        }
        assertTrue(found.scores().get(0) > -0.01);
    }

    @Test
    void after_each_step_the_style_is_in_the_box() {
        Candidates found = search(new DescentSettings(Use.of("cross-entropy"), 60, 0.2, 0.05, 0.25, 0, box(0.5), 0, 0))
                .optimize(start(START), unit(1));

        double edge = StyleBox.toW(0.5 * 0.7);
        assertEquals(edge, styles(found)[3], 0.05);
        assertTrue(styles(found)[3] < 0.9 - 0.3);
    }

    @Test
    void an_image_that_is_always_mirrored_ends_as_the_mirrored_centre() {
        Candidates found = search(new DescentSettings(Use.of("cross-entropy"), 300, 0.05, 0.05, 0.25, 1, box(0), 0, 0))
                .optimize(start(START), unit(1));

        float[] styles = styles(found);
        for (int j = 0; j < START.length; j++) {
            assertEquals(CENTRE.get(START.length - 1 - j), styles[j], 0.02, "coordinate " + j);
        }
    }

    @Test
    void each_candidate_is_mirrored_on_its_own_whatever_the_batch() {
        DescentSettings settings = new DescentSettings(Use.of("cross-entropy"), 8, 0.05, 0.05, 0.25, 0.5, box(0), 0, 0);
        float[] twice = {0.2f, -0.05f, 0.6f, 0.1f, 0.2f, -0.05f, 0.6f, 0.1f};

        float[] together = styles(search(settings).optimize(start(twice), unit(2)));
        float[] apart = styles(search(settings).optimize(start(twice), unit(1)));

        assertArrayEquals(together, apart, 1e-6f);
        assertTrue(Math.abs(together[0] - together[4]) > 1e-4);
    }

    @Test
    void a_spent_budget_leaves_the_last_step() {
        DescentSettings settings = new DescentSettings(Use.of("cross-entropy"), 10, 0.2, 0, 0, 0, box(0), 0, 0);
        StageUnit unit = unit(1).withBudget(2);

        assertThrows(BudgetSpentException.class, () -> search(settings).optimize(start(START), unit));

        Candidates two = search(new DescentSettings(Use.of("cross-entropy"), 2, 0.2, 0, 0, 0, box(0), 0, 0))
                .optimize(start(START), unit(1));
        assertArrayEquals(styles(two), styles(unit.foundWhenSpent()), 1e-6f);
    }

    private static BoundedAdam search(DescentSettings settings) {
        return new BoundedAdam(settings, BENCH);
    }

    private static StyleBox.Settings box(double deviations) {
        return new StyleBox.Settings(deviations, 2000, 0.7);
    }

    private static StyledRow generator() {
        return new StyledRow(START.length, BENCH.operators());
    }

    private static StageUnit unit(int batch) {
        return StageUnit.of(BENCH, List.of(0), generator())
                .withTarget(new Bowl(BENCH.parameters(1), CENTRE, 1))
                .withBatch(batch);
    }

    private static Candidates start(float... styles) {
        int count = styles.length / START.length;
        NDArray points = BENCH.manager().create(styles, new Shape(count, 1, START.length));
        return new Candidates(
                new LatentPoints(generator(), points.repeat(1, 3)),
                Collections.nCopies(count, 0),
                Collections.nCopies(count, Double.NaN),
                List.of());
    }

    private static float[] styles(Candidates found) {
        return ((LatentPoints) found.representation()).points().get(":,0").toFloatArray();
    }
}
