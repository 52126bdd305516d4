package org.obverse.plugins.toy2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.testkit.StageUnit;

class DescentOptimizerTest {
    @ParameterizedTest
    @EnumSource
    void on_the_references_network_it_walks_the_references_route(Reference reference) {
        StageUnit stage = Reference.stage(reference.trained(), 2);

        Candidates found = attack(Descent.DEFAULT, stage);

        assertEquals(reference.steps() + 1, curve(found, "confidence").length);
        assertArrayEquals(reference.route().get(":,0").toFloatArray(), curve(found, "x"), 1e-3f);
        assertArrayEquals(reference.route().get(":,1").toFloatArray(), curve(found, "y"), 1e-3f);
    }

    @Test
    void the_result_is_the_last_point_of_the_route_and_scored_by_the_confidence_before_the_last_step() {
        Candidates found = attack(Descent.DEFAULT, Reference.stage(Reference.NEGATIVE.trained(), 2));
        float[] x = curve(found, "x");
        float[] y = curve(found, "y");
        float[] confidence = curve(found, "confidence");

        assertArrayEquals(new float[] {x[x.length - 1], y[y.length - 1]}, points(found));
        assertEquals((double) confidence[confidence.length - 1], found.scores().get(0));
    }

    @Test
    void each_of_several_points_walks_as_it_would_alone() {
        Candidates together = attack(Descent.DEFAULT, Reference.stage(Reference.NEGATIVE.trained(), 0, 1, 2));

        for (int target = 0; target < 3; target++) {
            Candidates alone = attack(Descent.DEFAULT, Reference.stage(Reference.NEGATIVE.trained(), target));
            assertArrayEquals(points(alone), points(together.rows(target)), 1e-5f);
            assertEquals(curve(alone, "confidence").length, curve(together.rows(target), "confidence").length);
        }
    }

    @Test
    void it_gives_up_after_the_most_steps() {
        Candidates found = attack(new Descent(0.1, 20, 0.95), Reference.stage(Reference.POSITIVE.trained(), 2));

        assertEquals(21, curve(found, "x").length);
        assertEquals(20, curve(found, "confidence").length);
    }

    @Test
    void a_step_leads_the_learning_rate_times_the_gradient_downhill() {
        StageUnit stage = Reference.stage(Reference.HARD.trained(), 2);
        float[] one = points(attack(new Descent(1, 1, 0.95), stage));
        float[] two = points(attack(new Descent(2, 1, 0.95), stage));

        assertEquals(2 * (one[0] + 3), two[0] + 3, 1e-5);
        assertEquals(2 * (one[1] + 10), two[1] + 10, 1e-5);
    }

    @Test
    void a_lower_confidence_ends_the_route_earlier() {
        Candidates found = attack(new Descent(0.1, 10_000, 0.5), Reference.stage(Reference.HARD.trained(), 2));
        float[] confidence = curve(found, "confidence");

        assertEquals(
                List.of(false, true),
                List.of(confidence[confidence.length - 2] > 0.5, confidence[confidence.length - 1] > 0.5));
    }

    @Test
    void a_spent_budget_leaves_the_last_step_and_not_one_query_more() {
        StageUnit stage = Reference.stage(Reference.NEGATIVE.trained(), 2, 0).withBudget(2 * 5 + 1);

        assertThrows(BudgetSpentException.class, () -> attack(Descent.DEFAULT, stage));

        assertEquals(10, stage.queries());
        Candidates five = attack(new Descent(0.1, 5, 0.95), Reference.stage(Reference.NEGATIVE.trained(), 2, 0));
        assertArrayEquals(points(five), points(stage.foundWhenSpent()));
        assertEquals(five.scores(), stage.foundWhenSpent().scores());
        assertArrayEquals(curve(five, "x"), curve(stage.foundWhenSpent(), "x"));
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit stage = Reference.stage(Reference.NEGATIVE.trained(), 2).withBudget(0);

        assertThrows(BudgetSpentException.class, () -> attack(Descent.DEFAULT, stage));

        assertArrayEquals(new float[] {-3, -10}, points(stage.foundWhenSpent()));
    }

    @Test
    void the_start_is_left_where_it_was() {
        StageUnit stage = Reference.stage(Reference.NEGATIVE.trained(), 2);
        Candidates start = new StartSampler(StartPoint.DEFAULT).sample(stage);

        new DescentOptimizer(Descent.DEFAULT, Reference.BENCH).optimize(start, stage);

        assertArrayEquals(new float[] {-3, -10}, points(start));
    }

    @Test
    void finished_images_cannot_be_moved() {
        StageUnit stage = Reference.stage(Reference.NEGATIVE.trained(), 2);
        NDArray image = Reference.BENCH.manager().create(new float[][] {{0, 0}});
        Candidates start = new Candidates(new FixedImages(image), List.of(2), List.of(0.0), List.of());
        DescentOptimizer optimizer = new DescentOptimizer(Descent.DEFAULT, Reference.BENCH);

        assertThrows(IllegalArgumentException.class, () -> optimizer.optimize(start, stage));
    }

    private static Candidates attack(Descent descent, StageUnit stage) {
        return new DescentOptimizer(descent, Reference.BENCH)
                .optimize(new StartSampler(StartPoint.DEFAULT).sample(stage), stage);
    }

    private static float[] curve(Candidates found, String name) {
        return found.curves().stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values()
                .get(0);
    }

    private static float[] points(Candidates candidates) {
        return candidates.representation().variables().head().toFloatArray();
    }
}
