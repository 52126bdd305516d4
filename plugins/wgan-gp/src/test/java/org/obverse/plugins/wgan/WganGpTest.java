package org.obverse.plugins.wgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preparer.Prepared;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.gans.Layout;
import org.obverse.gans.WassersteinCritic;
import org.obverse.gans.WassersteinTraining;
import org.obverse.networks.Namespace;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Halves;
import org.obverse.testkit.small.RowGenerator;
import org.obverse.testkit.small.Stripes;

class WganGpTest {
    private static final Workbench BENCH = Workbench.of(WganGpTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void what_was_trained_opens_again_and_is_the_same_for_every_target() {
        float[] one = images(prepared(trained(10, 0)));
        float[] other = images(prepared(trained(10, 5)));

        assertEquals(3 * 3 * 32 * 32, one.length);
        assertArrayEquals(one, other);
    }

    /** The critic is trained anew here, as the preparer trains it, and asked without an artifact between. */
    @Test
    void the_reopened_critic_answers_as_the_trained_one() {
        WganSettings settings = settings(10);
        Layout layout = Layout.of(new Shape(3, 32, 32), settings.latentSize(), settings.width());
        Parameters trained = new WassersteinTraining(BENCH, layout, settings.training(), settings.penalty())
                .run(new Stripes(12, 32), BENCH.manager(), unit(0))
                .critic();
        WassersteinCritic critic = WassersteinCritic.of(
                Namespace.root(BENCH.parameters(new Stored(trained.all())), BENCH.operators()), layout);
        NDArray images = new Stripes(12, 32).read(BENCH.manager(), 1, 4, 7);

        float[] reopened = prepared(trained(10, 0)).realness(images).toFloatArray();

        float[] original =
                critic.realness(images, Pass.evaluation(BENCH.stream(1))).toFloatArray();
        assertArrayEquals(original, reopened);
        assertNotEquals(original[0], original[1]);
    }

    @Test
    void the_critic_judges_every_image_alone() {
        Criticized generator = prepared(trained(10, 0));
        NDArray images = new Stripes(12, 32).read(BENCH.manager(), 1, 4, 7);

        assertEquals(1, generator.groupSize());
        assertEquals(
                generator.realness(images).getFloat(1),
                generator.realness(images.get("1:2")).getFloat(0),
                1e-6f);
    }

    @Test
    void the_critic_finds_public_images_more_real_than_noise() {
        Criticized generator =
                prepared(new WganGp(new WganSettings(6, 2, 10, new AdversarialRecipe(20, 4, 0.01, 0.5, 0.9, 2)), BENCH)
                        .prepare(unit(0))
                        .tensors());
        NDArray noise = BENCH.manager().create(BENCH.stream(4).gaussians(4 * 3072), new Shape(4, 3, 32, 32));

        float real = generator
                .realness(new Stripes(12, 32).read(BENCH.manager(), 1, 4, 7, 9))
                .mean()
                .getFloat();
        float unreal = generator.realness(noise.clip(-1, 1)).mean().getFloat();

        assertTrue(real > unreal, () -> real + " is not above " + unreal);
    }

    @Test
    void the_weight_of_the_penalty_changes_what_is_trained() {
        assertFalse(Arrays.equals(images(prepared(trained(10, 0))), images(prepared(trained(0, 0)))));
    }

    @Test
    void nothing_is_asked_of_the_target() {
        StageUnit unit = unit(0);

        new WganGp(settings(10), BENCH).prepare(unit);

        assertEquals(0, unit.queries());
    }

    private static Map<String, NDArray> trained(double penalty, double border) {
        return new WganGp(settings(penalty), BENCH).prepare(unit(border)).tensors();
    }

    private static Criticized prepared(Map<String, NDArray> tensors) {
        Prepared prepared = new WganGp(settings(10), BENCH).open(new Stored(tensors), new RowGenerator(2));
        return assertInstanceOf(Criticized.class, prepared.generator());
    }

    private static float[] images(Generator generator) {
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(18), new Shape(3, 6));
        return generator.generate(generator.locate(z)).toFloatArray();
    }

    private static WganSettings settings(double penalty) {
        return new WganSettings(6, 2, penalty, new AdversarialRecipe(2, 4, 0.01, 0.5, 0.9, 2));
    }

    private static StageUnit unit(double border) {
        return StageUnit.of(BENCH, List.of(0), new RowGenerator(2))
                .withTarget(new Halves(BENCH.parameters(1), border))
                .withPublicImages(new Stripes(12, 32))
                .withBatch(8)
                .withBudget(Long.MAX_VALUE);
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
