package org.obverse.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;

/**
 * A training of seconds in the engine's own loop, for tests of defenses: noise around a mean per class, in batches of which
 * the last has one sample.
 */
public record SmallTraining(Workbench bench) implements Images {
    public static final Shape INPUT = new Shape(3, 16, 16);
    public static final int CLASSES = 3;
    private static final int SAMPLES = 25;
    private static final int EPOCHS = 12;
    private static final int BATCH = 8;

    /** A network of an architecture, trained under a defense's parts; those that change the architecture do so first. */
    public Classifier train(ClassifierArchitecture architecture, List<DefensePart> parts) {
        Composition composition = new Composition(parts, 0);
        ClassifierArchitecture transformed = composition.transform(architecture);
        Classifier network = transformed.build(INPUT, CLASSES, bench.parameters(1));
        TrainingRecipe plain = TrainingRecipe.DEFAULT;
        TrainingRecipe recipe = new TrainingRecipe(
                plain.optimizer(),
                0.003,
                plain.beta1(),
                plain.beta2(),
                plain.momentum(),
                0,
                EPOCHS,
                BATCH,
                plain.decay(),
                List.of(),
                0,
                0,
                plain.augmentation());
        new ClassifierTrainer(TorchRuntime.start())
                .train(
                        network,
                        this,
                        recipe,
                        composition.builtBy(transformed),
                        new Unwatched(bench.stream(5)),
                        EpochStore.NONE);
        return network;
    }

    /** What training changes, in order. */
    public static float[][] weights(Classifier network) {
        return network.parameters().trainableList().stream()
                .map(NDArray::toFloatArray)
                .toArray(float[][]::new);
    }

    /** All images, {@code [N, ...INPUT]}. */
    public NDArray all() {
        return read(bench.manager(), IntStream.range(0, SAMPLES).toArray());
    }

    /** Their classes, int64 {@code [N]}. */
    public NDArray labels() {
        return bench.manager()
                .create(IntStream.range(0, SAMPLES).mapToLong(this::label).toArray());
    }

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
            float[] noise = bench.stream(100 + indices[i]).gaussians(pixels);
            for (int j = 0; j < pixels; j++) {
                values[i * pixels + j] = 0.3f * noise[j] + (j % CLASSES == label(indices[i]) ? 0.3f : 0);
            }
        }
        return manager.create(values, new Shape(indices.length).addAll(INPUT));
    }

    private record Unwatched(RandomStream random) implements TrainingContext {
        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
