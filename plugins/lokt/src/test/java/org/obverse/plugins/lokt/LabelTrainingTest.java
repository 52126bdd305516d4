package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Use;
import org.obverse.gans.ClassLayout;
import org.obverse.gans.ConditionalDraw;
import org.obverse.gans.ConditionalNetwork;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.networks.Namespace;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Colours;
import org.obverse.testkit.small.LinearNet;

class LabelTrainingTest {
    private static final Workbench BENCH = Workbench.of(LabelTrainingTest.class);
    private static final ClassLayout LAYOUT = new ClassLayout(3, 16, 6, 4, 3);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The target takes everything for class 2, and images were asked for of all classes: a class term of these would say so. */
    @Test
    void the_discriminator_learns_what_the_target_says_and_not_what_was_asked_for() {
        Trained trained = new Trained(always(2), 0, 40);

        NDArray classes = trained.opinion(0, 1, 2, 0, 1, 2);

        assertArrayEquals(new long[] {2, 2, 2, 2, 2, 2}, classes.argMax(1).toLongArray());
    }

    /** The discriminator learns the target's classes, and the generator what the discriminator takes for the class asked for. */
    @Test
    void the_generator_comes_to_make_what_the_target_takes_for_the_class() {
        Trained trained = new Trained(linear(), 0, 60);
        int[] wanted = IntStream.range(0, 60).map(i -> i % 3).toArray();

        long[] seen = linear().forward(trained.images(wanted), evaluation())
                .logits()
                .argMax(1)
                .toLongArray();

        long right = IntStream.range(0, 60).filter(i -> seen[i] == wanted[i]).count();
        assertTrue(right > 45, () -> right + " of 60 are what they should be, by chance 20");
    }

    @Test
    void until_class_terms_begin_nothing_of_the_target_is_known_nor_asked() {
        Trained first = new Trained(always(2), 4, 4);
        Trained second = new Trained(always(1), 4, 4);

        assertArrayEquals(first.weights(), second.weights());
        assertEquals(0, first.unit.queries());
        assertFalse(Arrays.equals(new Trained(always(2), 3, 4).weights(), new Trained(always(1), 3, 4).weights()));
    }

    @Test
    void class_terms_begin_at_the_configured_iteration() {
        assertArrayEquals(new Trained(always(2), 9, 4).weights(), new Trained(always(2), 4, 4).weights());
        assertFalse(Arrays.equals(new Trained(always(2), 4, 4).weights(), new Trained(always(2), 3, 4).weights()));
        for (int after = 0; after < 4; after++) {
            assertEquals((4 - after) * 24L, new Trained(always(2), after, 4).unit.queries());
        }
    }

    /** Takes the first images for all three classes, so that there is something to learn of each. */
    private static Classifier linear() {
        return new LinearNet(
                new Shape(3, 16, 16),
                BENCH.parameters(1),
                BENCH.manager().create(BENCH.stream(4).gaussians(768 * 3), new Shape(768, 3)));
    }

    /** A network whose logits do not depend on the image. */
    private static Classifier always(int answer) {
        return new Always(BENCH.parameters(1), answer);
    }

    private static Pass evaluation() {
        return Pass.evaluation(BENCH.stream(1));
    }

    /** Both networks after a training of two steps of the discriminator, each of 12 images, in an iteration. */
    private static final class Trained {
        final StageUnit unit;
        private final Parameters drawn = BENCH.parameters(2);
        private final ConditionalNetwork generator = ConditionalNetwork.of(root(drawn), LAYOUT);
        private final ClassifyingDiscriminator discriminator;

        Trained(Classifier target, int classTermsAfter, int iterations) {
            Parameters judged = BENCH.parameters(3);
            this.discriminator = ClassifyingDiscriminator.of(root(judged), BENCH.gradients(), LAYOUT);
            this.unit = StageUnit.of(BENCH, List.of(0)).withTarget(target);
            TransferSettings settings = new TransferSettings(
                    6,
                    4,
                    1.5,
                    classTermsAfter,
                    new ConditionalRecipe(iterations, 2, 12, 0.01, 0, 0.9),
                    1,
                    List.of(Use.of("none")),
                    SurrogateRecipe.DEFAULT);
            new LabelTraining(settings, BENCH, generator, discriminator, unit.target(LabelOracle.class), unit)
                    .run(new Colours(21), drawn, judged);
        }

        private static Namespace root(Parameters parameters) {
            return Namespace.root(parameters, BENCH.operators());
        }

        float[] weights() {
            return Objects.requireNonNull(drawn.all().get("up1.conv1.weight")).toFloatArray();
        }

        NDArray images(int... classes) {
            NDArray z = BENCH.manager()
                    .create(BENCH.stream(5).gaussians(classes.length * 6))
                    .reshape(classes.length, 6);
            return generator.images(z, ConditionalDraw.condition(LAYOUT, BENCH.manager(), classes), evaluation());
        }

        NDArray opinion(int... classes) {
            return discriminator.apply(images(classes), evaluation()).classes();
        }
    }
}
