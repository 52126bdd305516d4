package org.obverse.plugins.ked;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preparer.Prepared;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.gans.Minibatch;
import org.obverse.gans.MinibatchDiscriminator;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.PlainGenerator;
import org.obverse.testkit.small.Stripes;

class InversionGanTest {
    private static final Workbench BENCH = Workbench.of(InversionGanTest.class);
    private static final Stripes IMAGES = new Stripes(20, 32);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_same_seed_trains_the_same_gan() {
        assertArrayEquals(generated(trained(1, 31)), generated(trained(1, 31)));
    }

    @Test
    void a_gan_depends_on_the_target_that_it_was_trained_against() {
        float[] against = generated(trained(1, 31));
        float[] other = generated(trained(1, 32));

        assertFalse(Arrays.equals(against, other), "two targets left the same generator");
    }

    @Test
    void without_the_targets_knowledge_the_gan_does_not_depend_on_it() {
        assertArrayEquals(generated(trained(0, 31)), generated(trained(0, 32)));
    }

    @Test
    void every_public_image_is_asked_about_once() {
        StageUnit unit = StageUnit.of(BENCH, List.of(0, 1))
                .withTarget(LinearNet.at(BENCH, 32, 31, 1))
                .withPublicImages(IMAGES)
                .withBatch(7);

        new InversionGan(settings(1, 3), BENCH).prepare(unit);

        assertEquals(20, unit.queries());
    }

    @Test
    void more_steps_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(1), arraysAfter(3));
    }

    private static int arraysAfter(int epochs) {
        StageUnit unit = StageUnit.of(BENCH, List.of(0, 1))
                .withTarget(LinearNet.at(BENCH, 32, 31, 1))
                .withPublicImages(IMAGES)
                .withBatch(7);
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            new InversionGan(settings(1, epochs), BENCH).prepare(unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void what_was_prepared_opens_again_as_a_generator_and_its_discriminator() {
        InversionGan gan = new InversionGan(settings(1, 2), BENCH);
        Prepared prepared = gan.open(new Stored(trained(1, 31)), new PlainGenerator(6, 32));
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(24), new Shape(4, 6));

        NDArray images = prepared.generator().generate(prepared.generator().locate(z));
        var judge = Objects.requireNonNull(prepared.networks().get(InversionGan.DISCRIMINATOR));
        var seen = judge.forward(images, Pass.evaluation(BENCH.stream(1)));

        assertEquals(new Shape(4, 3, 32, 32), images.getShape());
        assertTrue(images.abs().max().getFloat() <= 1);
        assertEquals(new Shape(4, 10), seen.logits().getShape());
        assertEquals(
                new Shape(4, 128), seen.tap(MinibatchDiscriminator.FEATURES).getShape());
    }

    @Test
    void fewer_public_images_than_a_batch_are_refused() {
        StageUnit unit = StageUnit.of(BENCH, List.of(0, 1))
                .withTarget(LinearNet.at(BENCH, 32, 31, 1))
                .withPublicImages(new Stripes(3, 32))
                .withBatch(7);

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> new InversionGan(settings(1, 1), BENCH).prepare(unit));

        assertEquals("training.batch", refusal.problems().get(0).path());
    }

    private static Map<String, NDArray> trained(double knowledge, int target) {
        StageUnit unit = StageUnit.of(BENCH, List.of(0, 1))
                .withTarget(LinearNet.at(BENCH, 32, target, 1))
                .withPublicImages(IMAGES)
                .withBatch(7);
        return new InversionGan(settings(knowledge, 2), BENCH).prepare(unit).tensors();
    }

    private static float[] generated(Map<String, NDArray> tensors) {
        return Objects.requireNonNull(tensors.get("generator.up3.conv.weight")).toFloatArray();
    }

    private static InversionGanSettings settings(double knowledge, int epochs) {
        return new InversionGanSettings(
                6, 4, new Minibatch(3, 2), knowledge, 1e-4, new AdversarialRecipe(epochs, 5, 0.01, 0.5, 0.999, 2));
    }

    /** Tensors as a stored artifact gives them. */
    private record Stored(Map<String, NDArray> tensors) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            NDArray copy = Objects.requireNonNull(tensors.get(name), name).duplicate();
            assertEquals(shape, copy.getShape(), name);
            copy.attach(manager);
            return copy;
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }
}
