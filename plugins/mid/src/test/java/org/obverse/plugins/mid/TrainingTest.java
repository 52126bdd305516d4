package org.obverse.plugins.mid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.ModelTransform;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.Workbench;

/** What the defense does to a training of the built-in network, whose last batches have one sample. */
class TrainingTest {
    private static final Workbench BENCH = bench();
    private static final Shape INPUT = new Shape(3, 16, 16);
    private static final int CLASSES = 3;
    private static final int SAMPLES = 25;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_weight_lowers_what_passes_the_bottleneck() {
        double free = divergence(train(0));
        double cheap = divergence(train(0.001));
        double dear = divergence(train(0.1));

        assertTrue(cheap < free && dear < 0.5 * free, free + " > " + cheap + " > " + dear);
    }

    @Test
    void with_a_weight_of_0_training_has_the_bytes_of_one_without_the_loss_term() {
        List<DefensePart> parts = parts(0);
        List<DefensePart> transform =
                parts.stream().filter(ModelTransform.class::isInstance).toList();
        assertEquals(1, transform.size());
        float[][] without = weights(train(transform));

        assertArrayEquals(without, weights(train(0)));
        assertFalse(Arrays.deepEquals(without, weights(train(0.001))));
    }

    @Test
    void the_changed_network_has_the_bottleneck_instead_of_its_own_head() {
        Set<String> names = train(0).parameters().all().keySet();

        assertTrue(
                names.containsAll(List.of(
                        "bottleneck.statistics.weight",
                        "bottleneck.statistics.bias",
                        "bottleneck.logits.weight",
                        "bottleneck.logits.bias")),
                names::toString);
        assertFalse(names.contains("fc.weight"), names::toString);
    }

    @Test
    void a_network_without_a_head_to_replace_is_refused() {
        Composition twice = new Composition(
                Stream.concat(parts(0).stream(), parts(0).stream()).toList(), 0);

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> twice.transform(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"))));
        assertEquals(1, refusal.problems().size());
    }

    private static List<DefensePart> parts(double weight) {
        return new Mid(weight, 8, InferenceNoise.SAMPLE)
                .defense(BENCH.operators())
                .parts();
    }

    /** Of all images, in nats per image. */
    private static double divergence(Classifier network) {
        Noise images = new Noise();
        NDArray all = images.read(BENCH.manager(), IntStream.range(0, SAMPLES).toArray());
        Activations activations = network.forward(all, Pass.evaluation(BENCH.stream(9)));
        return new BottleneckDivergence(1)
                .loss(all, activations, activations.logits(), activations.logits())
                .mean()
                .getFloat();
    }

    private static Classifier train(double weight) {
        return train(parts(weight));
    }

    private static Classifier train(List<DefensePart> parts) {
        Composition composition = new Composition(parts, 0);
        Classifier network = composition
                .transform(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet")))
                .build(INPUT, CLASSES, BENCH.parameters(1));
        TrainingRecipe plain = TrainingRecipe.DEFAULT;
        TrainingRecipe recipe = new TrainingRecipe(
                plain.optimizer(),
                0.003,
                plain.beta1(),
                plain.beta2(),
                plain.momentum(),
                0,
                12,
                8,
                plain.decay(),
                List.of(),
                0,
                0,
                plain.augmentation());
        new ClassifierTrainer(TorchRuntime.start())
                .train(network, new Noise(), recipe, composition, new Quiet(BENCH.stream(5)), EpochStore.NONE);
        return network;
    }

    private static float[][] weights(Classifier network) {
        return network.parameters().trainableList().stream()
                .map(NDArray::toFloatArray)
                .toArray(float[][]::new);
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(TrainingTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }

    /** Images of noise around a mean per class. */
    private record Noise() implements Images {
        @Override
        public int size() {
            return SAMPLES;
        }

        @Override
        public Shape shape() {
            return INPUT;
        }

        @Override
        public int label(int index) {
            return index % CLASSES;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            int pixels = Math.toIntExact(INPUT.size());
            float[] values = new float[indices.length * pixels];
            for (int i = 0; i < indices.length; i++) {
                float[] noise = BENCH.stream(100 + indices[i]).gaussians(pixels);
                for (int j = 0; j < pixels; j++) {
                    values[i * pixels + j] = 0.3f * noise[j] + (j % CLASSES == label(indices[i]) ? 0.3f : 0);
                }
            }
            return manager.create(values, new Shape(indices.length).addAll(INPUT));
        }
    }

    private record Quiet(RandomStream random) implements TrainingContext {
        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
