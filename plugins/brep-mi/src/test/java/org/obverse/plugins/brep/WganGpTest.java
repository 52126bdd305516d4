package org.obverse.plugins.brep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.gans.AdversarialRecipe;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

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
        return new WganGp(settings(penalty), BENCH).prepare(unit(border));
    }

    private static Generator prepared(Map<String, NDArray> tensors) {
        Prepared prepared = new WganGp(settings(10), BENCH).open(new Stored(tensors), new Plane());
        return prepared.generator();
    }

    private static float[] images(Generator generator) {
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(18), new Shape(3, 6));
        return generator.generate(generator.locate(z)).toFloatArray();
    }

    private static WganSettings settings(double penalty) {
        return new WganSettings(6, 2, penalty, new AdversarialRecipe(2, 4, 0.01, 0.5, 0.9, 2));
    }

    private static StageUnit unit(double border) {
        return StageUnit.of(BENCH, List.of(0), new Plane())
                .withTarget(new Halves(BENCH.parameters(1), border))
                .withPublicImages(new Stripes(12))
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
