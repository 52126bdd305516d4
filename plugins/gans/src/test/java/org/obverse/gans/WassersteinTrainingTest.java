package org.obverse.gans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;

class WassersteinTrainingTest {
    private static final Workbench BENCH = Workbench.of(WassersteinTrainingTest.class);
    private static final Layout LAYOUT = new Layout(3, 32, 4, 4);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_same_seed_trains_the_same_generator() {
        assertArrayEquals(pixels(train(1, 3, 7), 16), pixels(train(1, 3, 7), 16));
    }

    /** All images are one colour, so whoever learns anything makes that colour. */
    @Test
    void the_generator_comes_to_make_what_the_public_images_show() {
        double before = distance(pixels(train(1, 1, 7), 16));
        double after = distance(pixels(train(30, 1, 7), 16));

        assertTrue(after < 0.75 * before, () -> "mean distance " + before + " became " + after);
    }

    @Test
    void the_generator_learns_only_every_so_often() {
        float[] untouched = weight(train(1, 9, 7));
        float[] touched = weight(train(1, 8, 7));

        assertArrayEquals(weight(train(1, 10, 7)), untouched);
        assertTrue(IntStream.range(0, touched.length).anyMatch(i -> touched[i] != untouched[i]));
    }

    @Test
    void it_can_be_cancelled_at_every_step_and_reports_each() {
        Follower follower = new Follower(7);
        training(2, 3).run(new OneColour(), BENCH.manager(), follower);

        assertEquals(16, follower.checkpoints);
        assertEquals(IntStream.rangeClosed(1, 16).boxed().toList(), follower.done);
    }

    @Test
    void a_batch_larger_than_the_collection_is_refused() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> AdversarialRecipe.published(1).steps(new OneColour()));

        assertEquals("training.batch", refusal.problems().get(0).path());
    }

    @Test
    void a_way_visits_every_image_once_per_epoch() {
        PublicBatches batches = new PublicBatches(BENCH.manager(), new OneColour());
        PublicBatches.Order order = batches.order(BENCH.stream(1), 4);

        for (int epoch = 0; epoch < 2; epoch++) {
            int first = epoch * 8;
            int[] seen = IntStream.range(first, first + 8)
                    .flatMap(step -> IntStream.of(order.at(step)))
                    .sorted()
                    .toArray();
            assertArrayEquals(IntStream.range(0, 32).toArray(), seen);
        }
    }

    private static WassersteinTraining training(int epochs, int every) {
        return new WassersteinTraining(BENCH, LAYOUT, new AdversarialRecipe(epochs, 4, 0.004, 0.5, 0.9, every), 10);
    }

    private static Parameters train(int epochs, int every, long seed) {
        return training(epochs, every)
                .run(new OneColour(), BENCH.manager(), new Follower(seed))
                .generator();
    }

    private static float[] weight(Parameters parameters) {
        return Objects.requireNonNull(parameters.all().get("up3.conv.weight")).toFloatArray();
    }

    private static float[] pixels(Parameters trained, int count) {
        Parameters again = new Parameters(BENCH.manager(), new Copies(trained));
        GeneratorNetwork network = GeneratorNetwork.of(Namespace.root(again, BENCH.operators()), LAYOUT);
        NDArray z = BENCH.manager()
                .create(BENCH.stream(3).gaussians(count * LAYOUT.latentSize()), new Shape(count, LAYOUT.latentSize()));
        return network.images(z, Pass.evaluation(BENCH.stream(1))).toFloatArray();
    }

    private static double distance(float[] pixels) {
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            sum += Math.abs(pixels[i] - OneColour.COLOUR[i / 1024 % 3]);
        }
        return sum / pixels.length;
    }

    private record Copies(Parameters trained) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return Objects.requireNonNull(trained.all().get(name), name).duplicate();
        }

        @Override
        public Set<String> names() {
            return trained.all().keySet();
        }
    }

    /** 32 images of one colour. */
    private record OneColour() implements Images {
        static final float[] COLOUR = {0.8f, -0.5f, 0.1f};

        @Override
        public int size() {
            return 32;
        }

        @Override
        public Shape shape() {
            return new Shape(3, 32, 32);
        }

        @Override
        public int label(int index) {
            return -1;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return manager.create(COLOUR)
                    .reshape(1, 3, 1, 1)
                    .repeat(0, indices.length)
                    .repeat(2, 32)
                    .repeat(3, 32);
        }
    }

    private static final class Follower implements TrainingContext {
        private final long seed;
        private final List<Integer> done = new ArrayList<>();
        private int checkpoints;

        Follower(long seed) {
            this.seed = seed;
        }

        @Override
        public RandomStream random() {
            return BENCH.stream(seed);
        }

        @Override
        public void checkpoint() {
            checkpoints++;
        }

        @Override
        public void progress(long steps, long total, Map<String, Double> figures) {
            done.add((int) steps);
        }
    }
}
