package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Component;
import org.obverse.testkit.Workbench;

class ShippedWeightsTest {
    private static final Workbench BENCH = Workbench.of(ShippedWeightsTest.class);
    private static final int LARGEST = 4 << 20;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_plugin_offers_one_generator_whose_defaults_fit_its_weights() {
        Component<?, ?> component = new StyleGan2Plugin().components().get(0);
        assertEquals("stylegan2", component.name());
        assertEquals(StyleGan2.DEFAULT, component.defaults());
        Parameters parameters = BENCH.parameters(BENCH.weights(StyleGan2.DEFAULT.weights()));
        new StyleGan2Architecture(StyleGan2.DEFAULT, BENCH).build(parameters);
        parameters.requireNothingLeft("generator");
    }

    @Test
    void they_take_at_most_4_mebibytes() throws IOException {
        try (InputStream file = StyleGan2.class.getResourceAsStream("/weights/synthetic-faces-32.safetensors")) {
            int bytes = Objects.requireNonNull(file).readAllBytes().length;
            assertTrue(bytes <= LARGEST, bytes + " bytes");
        }
    }

    @Test
    void faces_from_the_prior_are_pictures_that_differ_from_each_other() {
        Mapped generator = generator();
        NDArray images = generator.generate(generator.locate(draws(64)));
        assertEquals(new Shape(64, 3, 32, 32), images.getShape());
        NDArray outside = images.abs().sub(1).maximum(0).mean();
        assertTrue(outside.getFloat() < 0.05, "outside [-1, 1] by " + outside.getFloat() + " on average");
        NDArray spread = images.sub(images.mean(new int[] {0}, true)).square().mean();
        assertTrue(spread.getFloat() > 0.05, "variance " + spread.getFloat());
    }

    @Test
    void truncation_draws_them_together() {
        Mapped generator = generator();
        NDArray free = generator.generate(generator.locate(draws(64)));
        NDArray near = generator.generate(generator.map(draws(64), new Truncation(0.3, generator.rows())));
        assertTrue(variance(near) < 0.5 * variance(free), variance(near) + " against " + variance(free));
    }

    private static double variance(NDArray images) {
        return images.sub(images.mean(new int[] {0}, true)).square().mean().getFloat();
    }

    private static NDArray draws(int count) {
        int size = StyleGan2.DEFAULT.latentSize();
        return BENCH.manager().create(BENCH.stream(21).gaussians(count * size), new Shape(count, size));
    }

    private static Mapped generator() {
        Parameters parameters = BENCH.parameters(BENCH.weights(StyleGan2.DEFAULT.weights()));
        return (Mapped) new StyleGan2Architecture(StyleGan2.DEFAULT, BENCH).build(parameters);
    }
}
