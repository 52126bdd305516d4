package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.Augmentation;
import org.obverse.inversion.ClassPoints;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.ColumnGenerator;
import org.obverse.testkit.small.LinearNet;

class SurrogateAdamTest {
    private static final Workbench BENCH = Workbench.of(SurrogateAdamTest.class).with(new IdentityLossesPlugin());
    private static final Augmentation NONE = new Augmentation(RandomCrop.NONE, 0, 0, 0, 0, 0);
    private static final ColumnGenerator GENERATOR = new ColumnGenerator(6, 3);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Adam's first step is the learning rate against the sign of the gradient, here by differences of the margins. */
    @Test
    void the_first_step_goes_against_the_gradient_of_the_mean_margin() {
        Candidates start = start(2);

        Candidates found = search(1, 1, "a", "b").optimize(start, unit());

        float[] before = z(start);
        float[] after = z(found);
        for (int i = 0; i < 6; i++) {
            double slope = loss(before, i, 1e-2f, 4)
                    + loss(before, i, 1e-2f, 9)
                    - loss(before, i, -1e-2f, 4)
                    - loss(before, i, -1e-2f, 9);
            assertEquals(-0.1 * Math.signum(slope), after[i] - before[i], 1e-4, "coordinate " + i);
        }
        assertEquals(
                (loss(before, 0, 0, 4) + loss(before, 0, 0, 9)) / 2,
                found.curves().get(0).values().get(0)[0],
                1e-4);
    }

    private static double loss(float[] z, int coordinate, float by, long network) {
        float[] moved = z.clone();
        moved[coordinate] += by;
        NDArray points = GENERATOR.locate(BENCH.manager().create(moved, new Shape(1, 6)), new int[] {2});
        float[] logits = linear(network)
                .forward(GENERATOR.generate(points), Pass.evaluation(BENCH.stream(1)))
                .logits()
                .toFloatArray();
        return Math.max(logits[0], logits[1]) - logits[2];
    }

    /** The unit has no target to be asked. */
    @Test
    void the_target_is_asked_nothing() {
        StageUnit unit = unit();

        search(5, 2, "a", "b").optimize(start(0, 2), unit);

        assertEquals(0, unit.queries());
        assertEquals(
                Access.NONE,
                LoktPlugin.ADAM
                        .requirements()
                        .apply(SurrogateAdamSettings.DEFAULT)
                        .access());
    }

    @Test
    void the_networks_come_to_see_the_class() {
        Candidates found = search(60, 2, "a", "b").optimize(start(1, 2), unit());

        for (float[] losses : found.curves().get(0).values()) {
            assertTrue(losses[59] < losses[0], () -> "the loss went from " + losses[0] + " to " + losses[59]);
        }
    }

    @Test
    void a_network_counts_as_often_as_it_is_named() {
        Candidates twice = search(1, 1, "a", "a").optimize(start(2), unit());
        Candidates once = search(1, 1, "a").optimize(start(2), unit());

        assertEquals(
                once.curves().get(0).values().get(0)[0],
                twice.curves().get(0).values().get(0)[0],
                1e-5);
    }

    @Test
    void what_was_found_opens_again() {
        ClassPoints found =
                (ClassPoints) search(2, 1, "a").optimize(start(0, 2), unit()).representation();

        ClassPoints opened = (ClassPoints) search(1, 1, "a").open(found.variables(), GENERATOR);

        assertEquals("surrogate-adam", opened.form());
        assertArrayEquals(
                found.draw(1, List.of()).toFloatArray(),
                opened.draw(1, List.of()).toFloatArray());
    }

    private static SurrogateAdam search(int steps, int views, String... networks) {
        return new SurrogateAdam(
                new SurrogateAdamSettings(List.of(networks), steps, 0.1, 0.9, 0.999, Use.of("max-margin"), views, NONE),
                BENCH);
    }

    private static Classifier linear(long seed) {
        return new LinearNet(
                new Shape(3, 16, 16),
                BENCH.parameters(1),
                BENCH.manager().create(BENCH.stream(seed).gaussians(768 * 3), new Shape(768, 3)));
    }

    private static StageUnit unit() {
        return StageUnit.of(BENCH, List.of(0, 1, 2), GENERATOR)
                .withNetwork("a", linear(4))
                .withNetwork("b", linear(9))
                .withBatch(8);
    }

    private static Candidates start(Integer... classes) {
        NDArray z = BENCH.manager().create(BENCH.stream(2).gaussians(classes.length * 6), new Shape(classes.length, 6));
        return new Candidates(
                new ClassPoints(GENERATOR, z, List.of(classes), "start"),
                List.of(classes),
                List.of(classes).stream().map(any -> Double.NaN).toList(),
                List.of());
    }

    private static float[] z(Candidates candidates) {
        return ((ClassPoints) candidates.representation()).z().toFloatArray();
    }
}
