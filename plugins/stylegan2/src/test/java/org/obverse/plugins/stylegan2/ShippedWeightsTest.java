package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Component;
import org.obverse.testkit.Workbench;

class ShippedWeightsTest {
    private static final Workbench BENCH = Workbench.of(ShippedWeightsTest.class);
    private static final int LARGEST = 4 << 20;
    private static final int FACES = 64;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_plugin_offers_one_generator_whose_defaults_fit_its_weights() {
        Component<?, ?> component = new StyleGan2Plugin().components().get(0);
        assertEquals("stylegan2", component.name());
        assertEquals(StyleGan2.DEFAULT, component.defaults());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void its_keys_fit_all_of_its_weights(StyleGan2 settings) {
        Parameters parameters = BENCH.parameters(BENCH.weights(settings.weights()));
        new StyleGan2Architecture(settings, BENCH).build(parameters);
        parameters.requireNothingLeft("generator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"synthetic-faces-32", "synthetic-faces-32-sharp"})
    void they_take_at_most_4_mebibytes(String name) throws IOException {
        try (InputStream file = StyleGan2.class.getResourceAsStream("/weights/" + name + ".safetensors")) {
            int bytes = Objects.requireNonNull(file).readAllBytes().length;
            assertTrue(bytes <= LARGEST, bytes + " bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void faces_from_the_prior_are_pictures_that_differ_from_each_other(StyleGan2 settings) {
        Mapped generator = generator(settings);
        NDArray images = generator.generate(generator.locate(draws(settings)));
        assertEquals(new Shape(FACES, 3, 32, 32), images.getShape());
        NDArray outside = images.abs().sub(1).maximum(0).mean();
        assertTrue(outside.getFloat() < 0.05, "outside [-1, 1] by " + outside.getFloat() + " on average");
        NDArray spread = images.sub(images.mean(new int[] {0}, true)).square().mean();
        assertTrue(spread.getFloat() > 0.05, "variance " + spread.getFloat());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void truncation_draws_them_together(StyleGan2 settings) {
        Mapped generator = generator(settings);
        NDArray free = generator.generate(generator.locate(draws(settings)));
        NDArray near = generator.generate(generator.map(draws(settings), new Truncation(0.3, generator.rows())));
        assertTrue(variance(near) < 0.5 * variance(free), variance(near) + " against " + variance(free));
    }

    private static double variance(NDArray images) {
        return images.sub(images.mean(new int[] {0}, true)).square().mean().getFloat();
    }

    private static Stream<StyleGan2> shipped() {
        return Stream.of(
                StyleGan2.DEFAULT,
                Settings.of(32)
                        .weights("builtin:synthetic-faces-32-sharp")
                        .latent(64)
                        .channels(768, 128)
                        .discriminator(Critic.ABSENT)
                        .settings());
    }

    private static NDArray draws(StyleGan2 settings) {
        int size = settings.latentSize();
        return BENCH.manager().create(BENCH.stream(21).gaussians(FACES * size), new Shape(FACES, size));
    }

    private static Mapped generator(StyleGan2 settings) {
        Parameters parameters = BENCH.parameters(BENCH.weights(settings.weights()));
        return (Mapped) new StyleGan2Architecture(settings, BENCH).build(parameters);
    }
}
