package org.obverse.plugins.bido;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
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

/** What the term does to a training of the built-in network, whose last batches have one sample. */
class TrainingTest {
    private static final Workbench BENCH = bench();
    private static final Shape INPUT = new Shape(3, 16, 16);
    private static final int CLASSES = 3;
    private static final int SAMPLES = 25;
    private static final List<String> STAGES = List.of("stage1", "stage2", "stage3");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsic", "coco"})
    void the_weights_move_what_they_weigh(String measure) {
        boolean hsic = measure.equals("hsic");
        double inputWeight = hsic ? 4 : 100;
        double labelWeight = hsic ? 1 : 100;
        Classifier plain = train(List.of());

        Classifier forgetful = train(defense(hsic, inputWeight, 0));
        assertTrue(dependence(forgetful, hsic, 1, 0) < 0.8 * dependence(plain, hsic, 1, 0), "less of the images");
        Classifier clustered = train(defense(hsic, 0, labelWeight));
        assertTrue(dependence(clustered, hsic, 0, 1) < 1.2 * dependence(plain, hsic, 0, 1), "more of the labels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsic", "coco"})
    void with_weights_of_0_training_has_the_bytes_of_one_without_the_defense(String measure) {
        float[][] plain = weights(train(List.of()));

        assertArrayEquals(plain, weights(train(defense(measure.equals("hsic"), 0, 0))));
        assertFalse(Arrays.deepEquals(plain, weights(train(defense(measure.equals("hsic"), 0.01, 0)))));
    }

    private static List<DefensePart> defense(boolean hsic, double inputWeight, double labelWeight) {
        return hsic
                ? new BidoHsic(STAGES, inputWeight, labelWeight, 5, 1e-2)
                        .defense(BENCH.operators())
                        .parts()
                : new BidoCoco(STAGES, inputWeight, labelWeight, 5, Norm.SPECTRAL)
                        .defense(BENCH.operators())
                        .parts();
    }

    /** The term itself over all images at once. */
    private static double dependence(Classifier network, boolean hsic, double inputWeight, double labelWeight) {
        BilateralDependency term =
                (BilateralDependency) defense(hsic, inputWeight, labelWeight).get(0);
        Noise images = new Noise();
        NDArray all = images.read(BENCH.manager(), IntStream.range(0, SAMPLES).toArray());
        NDArray labels = BENCH.manager()
                .create(IntStream.range(0, SAMPLES).mapToLong(i -> i % CLASSES).toArray());
        Activations activations = network.forward(all, Pass.evaluation(BENCH.stream(9)));
        return term.loss(all, activations, labels.oneHot(CLASSES), labels).getFloat();
    }

    private static Classifier train(List<DefensePart> parts) {
        Classifier network =
                BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet")).build(INPUT, CLASSES, BENCH.parameters(1));
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
                .train(
                        network,
                        new Noise(),
                        recipe,
                        new Composition(parts, 0),
                        new Quiet(BENCH.stream(5)),
                        EpochStore.NONE);
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
