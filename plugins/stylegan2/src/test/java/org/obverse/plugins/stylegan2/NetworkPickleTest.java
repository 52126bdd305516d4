package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.weights.WeightFile;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** The official network pickles, loaded as they are, against what the official code made of them. */
class NetworkPickleTest {
    private static final Workbench BENCH = Workbench.of(NetworkPickleTest.class);
    private static final double TOLERANCE = 1e-4;
    private static final Settings PLAIN =
            Settings.of(32).latent(16).style(16).mapping(8).channels(256, 16).clamp(256);
    private static final Settings CONDITIONAL =
            Settings.of(16).latent(12).style(20).mapping(2).channels(128, 16).conditions(5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void an_official_pickle_makes_the_official_images() {
        Fixture expected = BENCH.fixture("synthetic-network-32-expected.safetensors");
        NDArray z = expected.get("z").toType(DataType.FLOAT32, false);
        FrozenGenerator.WithCritic generator =
                (FrozenGenerator.WithCritic) build("synthetic-network-32-proto4.pkl", PLAIN.settings());

        assertEquals(0, Reference.difference(expected.get("w_psi1"), generator.locate(z)), TOLERANCE);
        NDArray w = generator.map(z, new Truncation(0.5, 8));
        assertEquals(0, Reference.difference(expected.get("w"), w), TOLERANCE);
        NDArray images = generator.generate(w);
        assertEquals(0, Reference.difference(expected.get("image"), images), TOLERANCE);
        assertEquals(
                0, Reference.difference(expected.get("d_logits").flatten(), generator.realness(images)), TOLERANCE);
    }

    @Test
    void an_official_pickle_makes_the_official_images_without_noise() {
        Fixture expected = BENCH.fixture("synthetic-network-32-expected.safetensors");
        StyleGan2 settings = PLAIN.noise(Noise.NONE).settings();
        Generator generator = build("synthetic-network-32-proto4.pkl", settings);

        NDArray images = ((FrozenGenerator) generator).generate(expected.get("w"));

        assertEquals(0, Reference.difference(expected.get("image_none"), images), TOLERANCE);
    }

    @Test
    void a_conditional_pickle_makes_the_official_images() {
        Fixture expected = BENCH.fixture("synthetic-network-16-cond-expected.safetensors");
        NDArray z = expected.get("z").toType(DataType.FLOAT32, false);
        FrozenGenerator.WithConditionsAndCritic generator = (FrozenGenerator.WithConditionsAndCritic)
                build("synthetic-network-16-cond.pkl", CONDITIONAL.settings());
        int[] conditions = IntStream.range(0, 4)
                .map(i -> (int) expected.get("c").get(i).argMax().getLong())
                .toArray();

        assertEquals(0, Reference.difference(expected.get("w_psi1"), generator.locate(z, conditions)), TOLERANCE);
        NDArray images = generator.generate(expected.get("w"));
        assertEquals(0, Reference.difference(expected.get("image"), images), TOLERANCE);
        NDArray logits = generator.criticized().critic().apply(images, expected.get("c"));
        assertEquals(0, Reference.difference(expected.get("d_logits").flatten(), logits), TOLERANCE);
    }

    @Test
    void a_plan_may_leave_the_pickles_discriminator_aside() {
        Generator generator = build(
                "synthetic-network-32-proto4.pkl",
                PLAIN.discriminator(Critic.ABSENT).settings());

        assertTrue(generator instanceof FrozenGenerator.Plain);
    }

    @Test
    void keys_that_the_weights_contradict_are_named() {
        StyleGan2 wrong = Settings.of(64)
                .weights("synthetic-network-16-cond.pkl")
                .latent(12)
                .style(24)
                .mapping(8)
                .conditions(5)
                .channels(256, 16)
                .settings();

        List<Problem> problems = problems("synthetic-network-16-cond.pkl", wrong);

        assertEquals(
                List.of(
                        "generator.resolution",
                        "generator.mapping-layers",
                        "generator.style-size",
                        "generator.channel-base"),
                problems.stream().map(Problem::path).toList());
        assertTrue(problems.get(0).message().contains("made with 16, and the plan says 64"), problems.toString());
        assertTrue(problems.get(2).message().contains("(20)"), problems.toString());
    }

    @Test
    void each_size_of_the_mapping_is_told_apart() {
        String file = "synthetic-network-16-cond.pkl";
        Settings right = CONDITIONAL.weights(file);

        assertEquals(List.of("generator.latent-size"), paths(file, right.latent(13)));
        assertEquals(List.of("generator.conditions"), paths(file, right.conditions(6)));
        assertEquals(List.of("generator.conditions"), paths(file, right.conditions(0)));
        assertEquals(List.of("generator.channel-max"), paths(file, right.channels(128, 8)));
    }

    @Test
    void the_bound_of_activations_is_the_pickles() {
        Settings plain = PLAIN.weights("synthetic-network-32-proto4.pkl");
        Settings conditional = CONDITIONAL.weights("synthetic-network-16-cond.pkl");

        List<Problem> unbounded =
                problems("synthetic-network-32-proto4.pkl", plain.clamp(0).settings());
        assertEquals("generator.conv-clamp", unbounded.get(0).path());
        assertEquals("use 256", unbounded.get(0).wayOut());
        assertEquals(List.of("generator.conv-clamp"), paths("synthetic-network-16-cond.pkl", conditional.clamp(256)));
    }

    private static List<String> paths(String file, Settings settings) {
        return problems(file, settings.settings()).stream().map(Problem::path).toList();
    }

    private static List<Problem> problems(String file, StyleGan2 settings) {
        return assertThrows(InvalidConfigurationException.class, () -> build(file, settings))
                .problems();
    }

    private static Generator build(String file, StyleGan2 settings) {
        Parameters parameters = BENCH.parameters(WeightFile.open(path(file)).parameters());
        Generator generator = new StyleGan2Architecture(settings, new PickleResources(BENCH)).build(parameters);
        parameters.requireNothingLeft("generator");
        return generator;
    }

    static Path path(String resource) {
        URL url = NetworkPickleTest.class.getResource("/" + resource);
        if (url == null) {
            throw new IllegalArgumentException("no resource " + resource);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
