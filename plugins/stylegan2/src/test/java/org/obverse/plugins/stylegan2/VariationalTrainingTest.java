package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.testkit.Workbench;

class VariationalTrainingTest {
    private static final Workbench BENCH = Workbench.of(VariationalTrainingTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest(name = "{0} steps of the mapping alone")
    @ValueSource(ints = {0, 10})
    void it_learns_the_colours_of_its_images_and_repeats_bit_by_bit(int mappingSteps) {
        StyleGan2 settings = settings(TrainingSettings.inTwoStages(200, 200, mappingSteps));
        Log log = new Log();
        Parameters first = train(settings, log);
        List<Double> losses = log.figures("loss");
        assertTrue(losses.get(3) < 0.7 * untrained(settings), losses + " from " + untrained(settings));

        Parameters second = train(settings, new Log());
        assertEquals(first.all().keySet(), second.all().keySet());
        first.all()
                .forEach((name, tensor) -> assertArrayEquals(
                        tensor.toFloatArray(), tensor(second, name).toFloatArray(), name));
    }

    @ParameterizedTest(name = "{0} steps of the mapping alone")
    @ValueSource(ints = {0, 2})
    void the_discriminator_takes_part_and_is_stored_when_it_is_to_be(int mappingSteps) {
        StyleGan2 settings = Settings.of(settings(TrainingSettings.inTwoStages(6, 3, mappingSteps)))
                .discriminator(Critic.INCLUDED)
                .settings();
        Log log = new Log();
        Parameters trained = train(settings, log);
        assertEquals(1, log.figures("discriminator").size());
        assertEquals(1, log.figures("adversarial").size());
        Parameters drawn = BENCH.parameters(7);
        new StyleGan2Architecture(settings, BENCH).build(drawn);
        assertEquals(drawn.all().keySet(), trained.all().keySet());
        double change =
                Reference.difference(tensor(drawn, "D.b16.conv0.weight"), tensor(trained, "D.b16.conv0.weight"));
        assertTrue(change > 1e-3, "changed by " + change);
    }

    @Test
    void the_average_of_w_is_that_of_the_prior_and_the_noise_stays_off() {
        StyleGan2 settings = settings(TrainingSettings.of(20, 20));
        Parameters trained = train(settings, new Log());
        Mapped generator = (Mapped)
                new StyleGan2Architecture(settings, BENCH).build(BENCH.parameters(TensorSources.copied(trained)));
        NDArray z = BENCH.manager().create(BENCH.stream(9).gaussians(20_000 * 6), new Shape(20_000, 6));
        NDArray mean = generator.locate(z).mean(new int[] {0}).get(0);
        double spread = generator.locate(z).get(":,0").sub(mean).square().mean().getFloat();
        double error = Reference.difference(mean, tensor(trained, "mapping.w_avg"));
        assertTrue(error < 6 * Math.sqrt(2 * spread / 10_000), error + " with variance " + spread);
        assertEquals(0, tensor(trained, "synthesis.b8.conv0.noise_strength").getFloat());
    }

    @Test
    void images_of_another_size_and_too_few_images_are_refused() {
        StyleGan2Architecture architecture = new StyleGan2Architecture(settings(TrainingSettings.of(1, 1)), BENCH);
        assertThrows(
                InvalidConfigurationException.class,
                () -> architecture.train(BENCH.parameters(1), new Colours(16, 8), new Log()));
        String message = String.valueOf(assertThrows(
                        InvalidConfigurationException.class,
                        () -> architecture.train(BENCH.parameters(1), new Colours(5, 16), new Log()))
                .getMessage());
        assertTrue(message.contains("only 5 public images for a batch of 8"), message);
    }

    @Test
    void it_ends_when_the_run_is_cancelled() {
        StyleGan2Architecture architecture =
                new StyleGan2Architecture(settings(TrainingSettings.of(1000, 1000)), BENCH);
        TrainingContext cancelled = new Log() {
            @Override
            public void checkpoint() {
                throw new CancellationException("enough");
            }
        };
        assertThrows(
                CancellationException.class,
                () -> architecture.train(BENCH.parameters(1), new Colours(16, 16), cancelled));
    }

    private static StyleGan2 settings(GeneratorTraining training) {
        return Settings.of(16)
                .weights("")
                .latent(6)
                .style(12)
                .mapping(2)
                .channels(128, 16)
                .discriminator(Critic.ABSENT)
                .training(training)
                .settings();
    }

    private static Parameters train(StyleGan2 settings, TrainingContext context) {
        Parameters parameters = BENCH.parameters(7);
        new StyleGan2Architecture(settings, BENCH).train(parameters, new Colours(64, 16), context);
        return parameters;
    }

    private static NDArray tensor(Parameters parameters, String name) {
        return Objects.requireNonNull(parameters.all().get(name), name);
    }

    /** The loss of grey pictures. */
    private static double untrained(StyleGan2 settings) {
        NDArray images = new Colours(64, 16).read(BENCH.manager(), 0, 1, 2, 3, 4, 5, 6, 7);
        NDArray grey = images.mul(0);
        return new ReconstructionLoss(
                        BENCH.operators(),
                        BENCH.manager(),
                        16,
                        settings.training().focus())
                .of(grey, images)
                .toType(DataType.FLOAT32, false)
                .getFloat();
    }

    /** One colour above, another below, different in each image. */
    private record Colours(int size, int side) implements Images {
        @Override
        public Shape shape() {
            return new Shape(3, side, side);
        }

        @Override
        public int label(int index) {
            return -1;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[indices.length * 3 * side * side];
            int at = 0;
            for (int index : indices) {
                RandomStream random = BENCH.stream(11).child("image", index);
                for (int half = 0; half < 6; half++) {
                    float value = (float) random.uniform(-1, 1);
                    for (int pixel = 0; pixel < side * side / 2; pixel++) {
                        values[at++] = value;
                    }
                }
            }
            return manager.create(values, new Shape(indices.length, 3, side, side));
        }
    }

    /** Remembers what was reported. */
    private static class Log implements TrainingContext {
        private final List<Map<String, Double>> reports = new ArrayList<>();

        @Override
        public RandomStream random() {
            return BENCH.stream(12);
        }

        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {
            reports.add(Map.copyOf(figures));
        }

        List<Double> figures(String name) {
            return reports.stream()
                    .filter(report -> report.containsKey(name))
                    .map(report -> report.getOrDefault(name, Double.NaN))
                    .toList();
        }
    }
}
