package org.obverse.plugins.toy2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.StageUnit;

class Toy2dPluginTest {
    @Test
    void the_service_loader_finds_it() {
        assertEquals(
                1,
                ServiceLoader.load(Plugin.class).stream()
                        .filter(provider -> provider.type() == Toy2dPlugin.class)
                        .count());
    }

    @Test
    void every_component_is_made_from_its_defaults_as_its_kind_promises() {
        for (Component<?, ?> component : new Toy2dPlugin().components()) {
            assertInstanceOf(component.kind().type(), made(component), component.name());
        }
    }

    private static <C extends Record, T> T made(Component<C, T> component) {
        return component.factory().create(component.defaults(), Reference.BENCH);
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void the_defaults_are_usable(Checked defaults) {
        assertEquals(List.of(), defaults.check());
    }

    static Stream<Checked> defaults() {
        return Stream.of(BlobSettings.DEFAULT, StartPoint.DEFAULT, Descent.DEFAULT, RouteSettings.DEFAULT);
    }

    @Test
    void everything_out_of_range_is_reported_at_once() {
        assertEquals(List.of("seed", "points", "deviation"), wrong(new BlobSettings(-1, 2, Double.NaN)));
        assertEquals(List.of("x", "y"), wrong(new StartPoint(15.1, Double.NaN)));
        assertEquals(List.of("learning-rate", "steps", "confidence"), wrong(new Descent(0, 0, 1)));
        assertEquals(List.of("confidence", "size"), wrong(new RouteSettings(0, 99)));
    }

    private static List<String> wrong(Checked settings) {
        return settings.check().stream().map(Problem::path).toList();
    }

    @Test
    void the_sampler_starts_every_class_at_the_point() {
        StageUnit stage = Reference.stage(Reference.HARD.trained(), 2, 0);

        Candidates start = new StartSampler(new StartPoint(1, 2)).sample(stage);

        assertEquals(List.of(2, 0), start.classes());
        assertArrayEquals(
                new float[] {1, 2, 1, 2},
                start.representation().variables().head().toFloatArray());
    }

    @Test
    void the_generators_images_are_the_points_in_thirty_seconds() {
        NDArray points = Reference.BENCH.manager().create(new float[][] {{32, -16}, {0, 8}});

        assertArrayEquals(
                new float[] {1, -0.5f, 0, 0.25f},
                new PlaneGenerator().generate(points).toFloatArray());
    }
}
