package org.obverse.plugins.dpsgd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;
import org.obverse.testkit.Workbench;

/**
 * Trainings by plain gradient descent in the engine's own loop.
 *
 * @param rate of learning
 */
record Trials(Workbench bench, int epochs, int batch, double rate) {
    static final int CLASSES = 3;

    /** Trained from the same first weights by every call. */
    Classifier train(ClassifierArchitecture architecture, Images images, List<DefensePart> parts, long seed) {
        Composition composition = new Composition(parts, 0);
        Classifier network = composition.transform(architecture).build(images.shape(), CLASSES, bench.parameters(1));
        TrainingRecipe recipe = new TrainingRecipe(
                TrainingRecipe.Method.SGD,
                rate,
                0.9,
                0.999,
                0,
                0,
                epochs,
                batch,
                TrainingRecipe.Decay.STEPS,
                List.of(),
                0,
                0,
                Augmentation.NONE);
        new ClassifierTrainer(TorchRuntime.start())
                .train(network, images, recipe, composition, new Unwatched(bench.stream(seed)), EpochStore.NONE);
        return network;
    }

    /** Everything that is trained, in a row. */
    static float[] weights(Classifier network) {
        float[][] tensors = network.parameters().trainableList().stream()
                .map(NDArray::toFloatArray)
                .toArray(float[][]::new);
        float[] row = new float
                [Arrays.stream(tensors).mapToInt(tensor -> tensor.length).sum()];
        int at = 0;
        for (float[] tensor : tensors) {
            System.arraycopy(tensor, 0, row, at, tensor.length);
            at += tensor.length;
        }
        return row;
    }

    /** As it is before the first step. */
    float[] start(ClassifierArchitecture architecture, Images images) {
        return weights(architecture.build(images.shape(), CLASSES, bench.parameters(1)));
    }

    /** Noise, some of it larger than the rest. */
    record Pictures(Workbench bench, Shape shape, List<Integer> which) implements Images {
        static Pictures of(Workbench bench, Shape shape, int count) {
            return new Pictures(bench, shape, IntStream.range(0, count).boxed().toList());
        }

        /** Without one of them. */
        Pictures without(int index) {
            return new Pictures(
                    bench,
                    shape,
                    which.stream().filter(i -> !i.equals(which.get(index))).toList());
        }

        @Override
        public int size() {
            return which.size();
        }

        @Override
        public int label(int index) {
            return which.get(index) % CLASSES;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            int pixels = Math.toIntExact(shape.size());
            float[] values = new float[indices.length * pixels];
            for (int i = 0; i < indices.length; i++) {
                int name = which.get(indices[i]);
                float[] noise = bench.stream(100 + name).gaussians(pixels);
                for (int j = 0; j < pixels; j++) {
                    values[i * pixels + j] = noise[j] * (1 + name % 4) / 4;
                }
            }
            return manager.create(values, new Shape(indices.length).addAll(shape));
        }
    }

    /** Networks whose layers tell nothing of how weights are used. */
    record Silent(ClassifierArchitecture architecture) implements ClassifierArchitecture {
        @Override
        public Classifier build(Shape input, int classes, Parameters parameters) {
            return new Mute(architecture.build(input, classes, parameters));
        }

        private record Mute(Classifier network) implements Classifier {
            @Override
            public Shape input() {
                return network.input();
            }

            @Override
            public int classes() {
                return network.classes();
            }

            @Override
            public List<Tap> taps() {
                return network.taps();
            }

            @Override
            public Parameters parameters() {
                return network.parameters();
            }

            @Override
            public Activations forward(NDArray images, Pass pass) {
                return network.forward(images, pass.heardBy(use -> {}));
            }
        }
    }

    private record Unwatched(RandomStream random) implements TrainingContext {
        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
