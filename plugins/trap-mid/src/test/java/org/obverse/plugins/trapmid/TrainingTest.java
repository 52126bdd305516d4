package org.obverse.plugins.trapmid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** What the defense does to a training of the built-in network. */
class TrainingTest {
    private static final Workbench BENCH = Workbench.of(TrainingTest.class).with(new ClassifiersPlugin());
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);
    private static final int STEPS_PER_EPOCH = 3;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void with_a_weight_of_0_training_has_the_bytes_of_one_without_the_defense() {
        float[][] plain = SmallTraining.weights(train(List.of()));

        assertArrayEquals(plain, SmallTraining.weights(train(defense(0.02, 0))));
        assertFalse(Arrays.deepEquals(plain, SmallTraining.weights(train(defense(0.02, 0.01)))));
    }

    @Test
    void the_target_takes_poisoned_images_for_the_trigger_s_class_and_still_knows_its_own() {
        Classifier trapped = train(defense(0.3, 0.4));

        Triggers triggers = Triggers.of(trapped.parameters()).orElseThrow();
        NDArray images = TRAINING.all();
        assertTrue(accuracy(trapped, images, TRAINING.labels()) > 0.9, "clean images");
        for (long t = 0; t < SmallTraining.CLASSES; t++) {
            long[] labels = new long[Math.toIntExact(images.getShape().get(0))];
            Arrays.fill(labels, t);
            NDArray target = BENCH.manager().create(labels);
            double caught = accuracy(trapped, triggers.poisoned(images, target), target);
            assertTrue(caught > 0.9, "with trigger " + t + ": " + caught);
        }
    }

    private static double accuracy(Classifier network, NDArray images, NDArray labels) {
        long[] taken = network.forward(images, Pass.evaluation(BENCH.stream(9)))
                .logits()
                .argMax(1)
                .toLongArray();
        long[] wanted = labels.toLongArray();
        int right = 0;
        for (int i = 0; i < taken.length; i++) {
            right += taken[i] == wanted[i] ? 1 : 0;
        }
        return right / (double) taken.length;
    }

    @Test
    void a_training_that_is_cancelled_in_any_epoch_goes_on_to_the_bytes_of_one_that_was_not() {
        byte[] whole = Course.fresh().train(new Memory(), Integer.MAX_VALUE);

        for (int epoch = 0; epoch < Course.EPOCHS; epoch++) {
            Memory memory = new Memory();
            int steps = epoch * STEPS_PER_EPOCH + 1;
            assertThrows(IllegalStateException.class, () -> Course.fresh().train(memory, steps));
            assertArrayEquals(
                    whole, Course.fresh().train(memory, Integer.MAX_VALUE), "cancelled in epoch " + (epoch + 1));
        }
    }

    @Test
    void an_unfinished_training_is_kept_with_the_discriminator_and_its_moments() {
        Memory memory = new Memory();
        Course.fresh().train(memory, Integer.MAX_VALUE);

        TensorFile kept = memory.last().orElseThrow();
        assertTrue(kept.names().contains("network.trap-mid.triggers"));
        assertEquals(
                kept.names().stream()
                                .filter(name -> name.startsWith("network."))
                                .count()
                        - 2,
                kept.names().stream()
                        .filter(name -> name.startsWith("companion.discriminator."))
                        .count(),
                "the same architecture");
        assertTrue(kept.names().contains("companion-moment.0.0"));
    }

    private static List<DefensePart> defense(double strength, double weight) {
        return new TrapMid(strength, weight, 0.01).defense(BENCH.gradients()).parts();
    }

    private static ClassifierArchitecture network() {
        return BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"));
    }

    private static Classifier train(List<DefensePart> parts) {
        return TRAINING.train(network(), parts);
    }

    /** A training of a few epochs with momentum and augmentation, which can be cancelled. */
    private record Course(Classifier trained, Composition composition) {
        static final int EPOCHS = 3;

        static Course fresh() {
            Composition composition = new Composition(defense(0.1, 0.3), 0);
            ClassifierArchitecture architecture = composition.transform(network());
            return new Course(
                    architecture.build(SmallTraining.INPUT, SmallTraining.CLASSES, BENCH.parameters(1)),
                    composition.builtBy(architecture));
        }

        byte[] train(EpochStore store, int patience) {
            TrainingRecipe recipe = new TrainingRecipe(
                    TrainingRecipe.Method.SGD,
                    0.02,
                    0.9,
                    0.999,
                    0.9,
                    1e-4,
                    EPOCHS,
                    8,
                    TrainingRecipe.Decay.STEPS,
                    List.of(),
                    0,
                    0,
                    new Augmentation(0.8, 0.5, 0.1, 0, 0, 0, 0.5, 30, 0.5));
            new ClassifierTrainer(TorchRuntime.start())
                    .train(trained, TRAINING, recipe, composition, new Patience(patience), store);
            return written(trained.parameters().all(), Map.of());
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

    private static final class Patience implements TrainingContext {
        private int left;

        Patience(int steps) {
            this.left = steps;
        }

        @Override
        public RandomStream random() {
            return BENCH.stream(4);
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
