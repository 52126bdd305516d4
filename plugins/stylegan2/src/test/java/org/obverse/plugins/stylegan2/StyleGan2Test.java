package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

class StyleGan2Test {
    private static final Workbench BENCH = Workbench.of(StyleGan2Test.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_defaults_are_valid() {
        assertEquals(List.of(), StyleGan2.DEFAULT.check());
        assertEquals(
                List.of(), Settings.of(StyleGan2.DEFAULT).weights("").settings().check());
    }

    @ParameterizedTest
    @ValueSource(ints = {-32, 0, 2, 33, 48, 2048})
    void a_resolution_that_is_no_power_of_two_or_out_of_range_is_refused(int resolution) {
        List<String> refused = paths(Settings.of(resolution).channels(1 << 20, 8));
        assertTrue(refused.contains("resolution"), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32, 64, 128, 256, 512, 1024})
    void every_power_of_two_from_4_to_1024_is_accepted(int resolution) {
        Settings settings = Settings.of(resolution).channels(32768, 512).discriminator(Critic.ABSENT);
        assertEquals(List.of(), paths(settings));
    }

    @Test
    void all_problems_are_shown_at_once() {
        Settings bad = Settings.of(31)
                .latent(0)
                .style(0)
                .mapping(0)
                .conditions(-1)
                .channels(0, 0)
                .clamp(-1);
        assertEquals(
                List.of(
                        "resolution",
                        "latent-size",
                        "style-size",
                        "conditions",
                        "mapping-layers",
                        "channel-base",
                        "channel-max",
                        "conv-clamp"),
                paths(bad));
    }

    @Test
    void a_discriminator_of_4_pixels_is_refused() {
        assertEquals(List.of("resolution"), paths(Settings.of(4)));
    }

    @Test
    void what_training_cannot_make_is_refused() {
        assertEquals(List.of("conditions"), paths(Settings.of(32).weights("").conditions(3)));
        GeneratorTraining alone = TrainingSettings.of(10, 10);
        assertEquals(List.of("discriminator"), paths(Settings.of(32).weights("").training(alone)));
    }

    @Test
    void a_training_that_makes_no_sense_is_refused_key_by_key() {
        GeneratorTraining bad = new GeneratorTraining(
                0, 6, -1, -1, -1, -1, -1, -1, 2, -1, -1, 2, -1, -1, -1, -1, 0, List.of(new Focus(0, 0, 0, 1, 1)));
        assertEquals(
                Set.of(
                        "steps",
                        "batch",
                        "learning-rate",
                        "mapping-rate",
                        "mapping-steps",
                        "encoder-rate",
                        "warm-up",
                        "decay-steps",
                        "final-rate",
                        "divergence",
                        "divergence-warm-up",
                        "average",
                        "adversarial-from",
                        "adversarial",
                        "discriminator-rate",
                        "gamma",
                        "penalty-interval",
                        "focus.0"),
                new TreeSet<>(bad.check().stream().map(Problem::path).toList()));
    }

    @Test
    void a_missing_tensor_is_named() {
        String message = refusal(without("synthesis.b16.conv0.affine.bias"), Critic.INCLUDED);
        assertTrue(message.contains("synthesis.b16.conv0.affine.bias"), message);
    }

    @Test
    void a_tensor_of_another_shape_is_named_with_both_shapes() {
        Reference reference = Reference.small(BENCH);
        StyleGan2 narrower = Settings.of(reference.settings()).style(40).settings();
        InvalidConfigurationException refused = assertThrows(
                InvalidConfigurationException.class,
                () -> new StyleGan2Architecture(narrower, BENCH).build(BENCH.parameters(reference.tensors())));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("synthesis.b4.conv1.affine.weight"), message);
        assertTrue(message.contains("48") && message.contains("40"), message);
    }

    @Test
    void a_tensor_that_is_left_over_is_named() {
        String message = refusal(Reference.small(BENCH).tensors(), Critic.ABSENT);
        assertTrue(message.contains("'D.b16.conv0.bias'"), message);
    }

    /** The message of building from these tensors, the last check included. */
    private static String refusal(ParameterSource source, Critic critic) {
        StyleGan2 settings = Settings.of(Reference.small(BENCH).settings())
                .discriminator(critic)
                .settings();
        return String.valueOf(assertThrows(InvalidConfigurationException.class, () -> {
                    Parameters parameters = BENCH.parameters(source);
                    new StyleGan2Architecture(settings, BENCH).build(parameters);
                    parameters.requireNothingLeft("generator");
                })
                .getMessage());
    }

    private static ParameterSource without(String missing) {
        ParameterSource all = Reference.small(BENCH).tensors();
        ParameterSource none = BENCH.fixture("stylegan2-ops.safetensors").weights("");
        return new ParameterSource() {
            @Override
            public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                return (name.equals(missing) ? none : all).tensor(manager, name, shape, initial);
            }

            @Override
            public Set<String> names() {
                return all.names();
            }
        };
    }

    private static List<String> paths(Settings settings) {
        return settings.settings().check().stream().map(Problem::path).toList();
    }
}
