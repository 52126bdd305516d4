package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.api.training.TrainingRecipe.Decay;
import org.obverse.api.training.TrainingRecipe.Method;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

class InterruptedTrainingTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final int EPOCHS = 6;
    private static final Clouds CLOUDS = new Clouds(3, 8, CounterStream.of(5));
    private static final ClassifierArchitecture LINEAR =
            (input, classes, parameters) -> new LinearClassifier(Math.toIntExact(input.size()), classes, parameters);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @Test
    void with_adam_it_ends_with_the_bytes_of_one_that_was_not_interrupted() {
        interrupted(Method.ADAM, List::of);
    }

    @Test
    void with_momentum_it_ends_with_the_bytes_of_one_that_was_not_interrupted() {
        interrupted(Method.SGD, List::of);
    }

    @Test
    void weights_that_are_released_later_do_not_change_that() {
        ParameterPolicy headFirst = (weight, epoch) -> weight.equals("bias") || epoch.index() > 2;
        interrupted(Method.ADAM, () -> List.of(headFirst));
    }

    @Test
    void the_best_epoch_is_remembered_and_patience_goes_on_counting() {
        interrupted(Method.ADAM, () -> List.of(new Patient()));
    }

    @Test
    void lots_and_noise_of_a_policy_that_bounds_samples_do_not_change_that() {
        interrupted(Method.ADAM, () -> List.of(new NoisyHalves()));
    }

    @Test
    void a_policy_that_bounds_samples_is_told_their_rate_and_all_steps_so_far() {
        Network network = new Network(Method.SGD, List.of(new NoisyHalves()), new Memory());

        var history = network.history(Integer.MAX_VALUE);

        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertEquals(
                    Map.of("rate", 8.0 / CLOUDS.size(), "steps", 3.0 * (epoch + 1)),
                    history.get(epoch).further());
        }
    }

    @Test
    void a_companion_s_network_moments_and_what_it_attached_to_the_target_do_not_change_that() {
        for (Method method : Method.values()) {
            interrupted(method, () -> List.of(new Shifting(0.3)));
        }
    }

    @Test
    void a_companion_beside_a_policy_that_remembers_an_epoch_does_not_change_that() {
        interrupted(Method.ADAM, () -> List.of(new Patient(), new Shifting(0.3)));
    }

    private static void interrupted(Method method, Supplier<List<DefensePart>> parts) {
        Network whole = new Network(method, parts.get(), new Memory());
        int epochs = whole.train(Integer.MAX_VALUE);
        for (int steps = 1; steps < 3 * epochs; steps += 4) {
            Memory memory = new Memory();
            int cancelledAfter = steps;
            Network first = new Network(method, parts.get(), memory);
            assertThrows(IllegalStateException.class, () -> first.train(cancelledAfter));
            Network second = new Network(method, parts.get(), memory);
            assertEquals(epochs, second.train(Integer.MAX_VALUE), "cancelled after step " + steps);
            assertArrayEquals(whole.bytes(), second.bytes(), "cancelled after step " + steps);
        }
    }

    /** Three steps per epoch. */
    private record Network(Method method, List<DefensePart> parts, EpochStore epochs, Classifier classifier) {
        Network(Method method, List<DefensePart> parts, EpochStore epochs) {
            this(
                    method,
                    parts,
                    epochs,
                    new Composition(parts, 0)
                            .transform(LINEAR)
                            .build(
                                    new Shape(3),
                                    3,
                                    new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(2)))));
        }

        int train(int patience) {
            return history(patience).size();
        }

        List<ClassifierTrainer.EpochFigures> history(int patience) {
            TrainingRecipe recipe = new TrainingRecipe(
                    method, 0.05, 0.9, 0.999, 0.9, 0, EPOCHS, 8, Decay.STEPS, List.of(), 0, 0, Augmentation.NONE);
            return new ClassifierTrainer(TORCH)
                    .train(
                            classifier,
                            CLOUDS,
                            recipe,
                            new Composition(parts, 0).builtBy(LINEAR),
                            new Cancelled(patience),
                            epochs);
        }

        byte[] bytes() {
            return written(classifier.parameters().all(), Map.of());
        }
    }

    private static byte[] written(Map<String, NDArray> tensors, Map<String, String> facts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TensorFile.write(Channels.newChannel(out), tensors, facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Keeps the second epoch, and stops three epochs after it. */
    private static final class Patient implements CheckpointPolicy {
        private int since;

        @Override
        public double validation() {
            return 0;
        }

        @Override
        public Verdict judge(Epoch epoch, double accuracy) {
            since++;
            if (epoch.index() == 1) {
                since = 0;
                return Verdict.KEEP;
            }
            return since == 3 ? Verdict.STOP : Verdict.CONTINUE;
        }
    }

    /** Halves what is longer than 1, and adds noise. */
    private record NoisyHalves() implements GradientPolicy.OfSamples {
        @Override
        public NDArray factors(NDArray norms) {
            return norms.gt(1).toType(DataType.FLOAT32, false).mul(-0.5).add(1);
        }

        @Override
        public NDList combine(NDList sum, double expected, RandomStream random) {
            NDList step = new NDList();
            for (NDArray array : sum) {
                float[] noise = random.gaussians(Math.toIntExact(array.size()));
                step.add(array.add(array.getManager().create(noise, array.getShape()))
                        .div(expected));
            }
            return step;
        }

        @Override
        public Map<String, Double> figures(double rate, long steps) {
            return Map.of("rate", rate, "steps", (double) steps);
        }
    }

    private static final class Memory implements EpochStore {
        private Optional<byte[]> saved = Optional.empty();

        @Override
        public Optional<TensorFile> last() {
            return saved.map(bytes -> TensorFile.of("memory", bytes));
        }

        @Override
        public void save(Map<String, NDArray> tensors, Map<String, String> facts) {
            saved = Optional.of(written(tensors, facts));
        }

        @Override
        public boolean keeps() {
            return true;
        }
    }

    private static final class Cancelled implements TrainingContext {
        private int left;

        Cancelled(int steps) {
            this.left = steps;
        }

        @Override
        public RandomStream random() {
            return CounterStream.of(9);
        }

        @Override
        public void checkpoint() {
            if (left-- == 0) {
                throw new IllegalStateException("cancelled");
            }
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
