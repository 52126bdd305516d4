package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class WindowTest {
    private static final Workbench BENCH = Workbench.of(WindowTest.class);
    private static final Map<String, FrozenGenerator> MADE = new TreeMap<>();

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 32, 64, 128})
    void every_pixel_of_a_window_is_that_of_the_whole_image(int side) {
        FrozenGenerator generator = generator(side, Noise.CONSTANT);
        NDArray points = points(generator, 2);
        NDArray whole = generator.generate(points);
        for (Box window : windows(side)) {
            assertEquals(
                    0,
                    Reference.difference(cut(whole, window), generator.generate(points, window)),
                    1e-6,
                    window::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void the_gradient_through_a_window_is_that_through_the_whole_image(int side) {
        FrozenGenerator generator = generator(side, Noise.CONSTANT);
        NDArray points = points(generator, 1);
        for (Box window : windows(side)) {
            NDArray weights = BENCH.manager()
                    .create(
                            BENCH.stream(9).gaussians(3 * window.height() * window.width()),
                            new Shape(1, 3, window.height(), window.width()));
            NDArray expected =
                    slope(points, w -> cut(generator.generate(w), window).mul(weights));
            NDArray found = slope(points, w -> generator.generate(w, window).mul(weights));
            double scale = expected.abs().max().getFloat();
            assertTrue(scale > 1e-3, "scale " + scale);
            assertEquals(0, Reference.difference(expected, found) / scale, 1e-5, window::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void the_noise_of_a_window_is_that_of_the_whole_image(Noise noise) {
        FrozenGenerator generator = generator(64, noise);
        NDArray points = points(generator, 2);
        Box window = new Box(9, 21, 30, 17);
        NDArray whole = generator.generate(points);
        assertEquals(0, Reference.difference(cut(whole, window), generator.generate(points, window)), 1e-6);
    }

    @Test
    void the_whole_image_is_a_window_that_costs_no_cut() {
        Region whole = Region.whole(64);
        NDArray image = BENCH.manager().zeros(new Shape(1, 3, 64, 64));
        assertTrue(whole.source().isWhole());
        assertEquals(whole, whole.source().doubled());
        assertSame(image, whole.of(image, whole.source().doubled()));
    }

    @Test
    void at_1024_pixels_the_last_blocks_make_little_more_than_a_window_of_800() {
        Region region = Region.of(1024, new Box(112, 112, 800, 800));
        List<Integer> made = new ArrayList<>();
        for (int side = 1024; side > 16; side /= 2) {
            region = region.source();
            made.add(2 * (region.bottom() - region.top()));
        }
        assertEquals(List.of(808, 412, 212, 112, 64, 32), made);
    }

    @Test
    void a_window_beyond_the_image_is_refused() {
        FrozenGenerator generator = generator(32, Noise.CONSTANT);
        NDArray points = points(generator, 1);
        for (Box window :
                List.of(new Box(0, 0, 33, 1), new Box(-1, 0, 4, 4), new Box(3, 30, 1, 3), new Box(0, 0, 0, 1))) {
            assertThrows(IllegalArgumentException.class, () -> generator.generate(points, window));
        }
    }

    /** In the middle, in each corner, along each border, one pixel, all but one row. */
    private static List<Box> windows(int side) {
        int most = side - side / 5;
        return List.of(
                new Box((side - most) / 2, (side - most) / 2, most, most),
                new Box(0, 0, side / 3 + 1, side / 2),
                new Box(side - side / 3, 0, side / 3, side / 4),
                new Box(0, side - side / 4, side / 3, side / 4),
                new Box(side - side / 2, side - side / 3, side / 2, side / 3),
                new Box(side / 2 - 1, side / 2, 1, 1),
                new Box(1, 0, side - 1, side),
                new Box(0, 0, side, side));
    }

    private static NDArray cut(NDArray image, Box window) {
        return image.get(new NDIndex(
                ":,:,{}:{},{}:{}",
                window.top(),
                window.top() + window.height(),
                window.left(),
                window.left() + window.width()));
    }

    private static NDArray slope(NDArray points, UnaryOperator<NDArray> value) {
        Gradients gradients = BENCH.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray w = gradients.variable(points);
            return gradients.of(value.apply(w).sum(), new NDList(w)).head();
        }
    }

    private static NDArray points(FrozenGenerator generator, int count) {
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(count * 48), new Shape(count, 48));
        return generator.locate(z);
    }

    private static FrozenGenerator generator(int side, Noise noise) {
        return MADE.computeIfAbsent(side + " " + noise, name -> {
            StyleGan2 settings = Settings.of(side)
                    .channels(8 * Math.max(side, 16), 24)
                    .noise(noise)
                    .discriminator(Critic.ABSENT)
                    .settings();
            return (FrozenGenerator) new StyleGan2Architecture(settings, BENCH)
                    .build(BENCH.parameters(new Noisy(ParameterSource.fresh(BENCH.stream(4)))));
        });
    }

    /** Fresh weights with noise strengths and biases that are not 0. */
    private record Noisy(ParameterSource fresh) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            boolean zero = name.endsWith("noise_strength") || (name.endsWith(".bias") && !name.contains("affine"));
            return fresh.tensor(manager, name, shape, zero ? Initial.normal(0.2) : initial);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
