package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.network.Activations;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingDivergedException;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

final class ClassifierTrainerTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final int CLASSES = 4;
    private static final Clouds CLOUDS = new Clouds(CLASSES, 10, CounterStream.of(5));

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void one_full_batch_step_of_gradient_descent_is_the_closed_form_step() {
        Trained trained = train(recipe(TrainingRecipe.Method.SGD, 0.5, 1, 40, 0), List.of());

        LinearClassifier fresh = fresh();
        double[][] weight = matrix(tensor(fresh, "weight"));
        double[][] expected = matrix(tensor(fresh, "weight"));
        for (int i = 0; i < CLOUDS.size(); i++) {
            double[] x = doubles(CLOUDS.read(MANAGER, i));
            double[] p = softmax(weight, x);
            for (int c = 0; c < CLASSES; c++) {
                for (int j = 0; j < CLASSES; j++) {
                    expected[c][j] -= 0.5 * (p[c] - (c == CLOUDS.label(i) ? 1 : 0)) * x[j] / CLOUDS.size();
                }
            }
        }
        for (int c = 0; c < CLASSES; c++) {
            assertArrayEquals(expected[c], trained.weight()[c], 1e-6);
        }
    }

    @Test
    void a_last_sample_alone_joins_the_batch_before_it() {
        double[] together = train(recipe(TrainingRecipe.Method.SGD, 0.5, 1, 40, 0), List.of())
                .bias();
        assertArrayEquals(
                together,
                train(recipe(TrainingRecipe.Method.SGD, 0.5, 1, 39, 0), List.of())
                        .bias());
        assertFalse(Arrays.equals(
                together,
                train(recipe(TrainingRecipe.Method.SGD, 0.5, 1, 38, 0), List.of())
                        .bias()));
    }

    @Test
    void adamw_takes_its_decay_off_the_weights_beside_a_step_of_adam() {
        double rate = 0.05;
        double decay = 0.2;
        double[][] weight = matrix(tensor(fresh(), "weight"));
        double[][] adam =
                train(decaying(TrainingRecipe.Method.ADAM, rate, 0), List.of()).weight();
        double[][] adamW = train(decaying(TrainingRecipe.Method.ADAMW, rate, decay), List.of())
                .weight();

        for (int c = 0; c < CLASSES; c++) {
            for (int j = 0; j < CLASSES; j++) {
                assertEquals(adam[c][j] - rate * decay * weight[c][j], adamW[c][j], 1e-6);
            }
        }
    }

    @Test
    void a_student_is_taught_the_answer_to_each_image_and_not_its_label() {
        LinearClassifier student = fresh();
        double[] next = new double[CLOUDS.size() * CLASSES];
        for (int i = 0; i < CLOUDS.size(); i++) {
            next[i * CLASSES + (CLOUDS.label(i) + 1) % CLASSES] = 2;
        }
        NDArray answers = MANAGER.create(next, new Shape(CLOUDS.size(), CLASSES));
        TeacherLoss squares = (logits, answer) -> TORCH.operators()
                .cast(logits, DataType.FLOAT64)
                .sub(answer)
                .square()
                .mean(new int[] {1});

        new EngineTraining(TORCH)
                .imitate(
                        student,
                        CLOUDS,
                        answers,
                        squares,
                        recipe(TrainingRecipe.Method.ADAM, 0.05, 60, 8, 0),
                        new Quiet(CounterStream.of(1)));

        double[][] weight = matrix(tensor(student, "weight"));
        for (int c = 0; c < CLASSES; c++) {
            assertTrue(weight[(c + 1) % CLASSES][c] > 1, Arrays.deepToString(weight));
            assertTrue(weight[c][c] < 0.5, Arrays.deepToString(weight));
        }
    }

    @Test
    void training_separates_what_can_be_separated() {
        Trained trained = train(recipe(TrainingRecipe.Method.ADAM, 0.05, 30, 8, 0), List.of());
        assertTrue(
                trained.figures().get(29).accuracy() > 0.95, trained.figures().toString());
        assertTrue(trained.figures().get(29).loss()
                < 0.5 * trained.figures().get(0).loss());
    }

    @Test
    void the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        TrainingRecipe recipe = recipe(TrainingRecipe.Method.ADAM, 0.05, 3, 8, 0);
        assertArrayEquals(
                train(recipe, List.of()).bias(), train(recipe, List.of()).bias());
        assertFalse(Arrays.equals(
                train(recipe, List.of(), 1).bias(), train(recipe, List.of(), 2).bias()));
    }

    @Test
    void a_loss_term_of_weight_zero_trains_exactly_as_without_it() {
        TrainingRecipe recipe = recipe(TrainingRecipe.Method.ADAM, 0.05, 3, 8, 0);
        assertArrayEquals(
                train(recipe, List.of()).bias(),
                train(recipe, List.of(new LargestLogit(0))).bias());
        assertFalse(Arrays.equals(
                train(recipe, List.of()).bias(),
                train(recipe, List.of(new LargestLogit(0.1))).bias()));
    }

    @Test
    void a_frozen_weight_keeps_its_first_value_and_the_others_learn() {
        ParameterPolicy onlyBias = (weight, epoch) -> weight.equals("bias");
        Trained trained = train(recipe(TrainingRecipe.Method.ADAM, 0.05, 3, 8, 0), List.of(onlyBias));

        assertArrayEquals(matrix(tensor(fresh(), "weight"))[0], trained.weight()[0]);
        assertTrue(Arrays.stream(trained.bias()).anyMatch(b -> b != 0));
    }

    @Test
    void a_weight_that_is_released_later_learns_from_then_on_and_layers_can_ask_who_is_frozen() {
        ParameterPolicy headFirst = (weight, epoch) -> weight.equals("bias") || epoch.index() > 0;
        LinearClassifier classifier = fresh();
        new ClassifierTrainer(TORCH)
                .train(
                        classifier,
                        CLOUDS,
                        recipe(TrainingRecipe.Method.ADAM, 0.05, 2, 8, 0),
                        new Composition(List.of(headFirst), 0),
                        new Quiet(CounterStream.of(1)),
                        EpochStore.NONE);

        assertFalse(classifier.parameters().isFrozen("weight"));
        assertFalse(Arrays.equals(matrix(tensor(fresh(), "weight"))[0], matrix(tensor(classifier, "weight"))[0]));

        new ClassifierTrainer(TORCH)
                .train(
                        classifier,
                        CLOUDS,
                        recipe(TrainingRecipe.Method.ADAM, 0.05, 1, 8, 0),
                        new Composition(List.of(headFirst), 0),
                        new Quiet(CounterStream.of(1)),
                        EpochStore.NONE);
        assertTrue(classifier.parameters().isFrozen("weight"));
    }

    @Test
    void a_policy_changes_the_gradient_of_each_batch() {
        TrainingRecipe recipe = recipe(TrainingRecipe.Method.SGD, 0.1, 2, 8, 0);
        TrainingRecipe doubled = recipe(TrainingRecipe.Method.SGD, 0.2, 2, 8, 0);
        assertArrayEquals(
                train(doubled, List.of()).bias(),
                train(recipe, List.of(new Doubled())).bias(),
                1e-6);
    }

    @Test
    void the_weights_of_the_epoch_that_a_policy_kept_come_back() {
        TrainingRecipe two = recipe(TrainingRecipe.Method.ADAM, 0.05, 2, 8, 0);
        TrainingRecipe five = recipe(TrainingRecipe.Method.ADAM, 0.05, 5, 8, 0);
        Trained stopped = train(five, List.of(new KeepSecondStopAtFourth()));

        assertEquals(4, stopped.figures().size());
        assertArrayEquals(train(two, List.of()).bias(), stopped.bias());
    }

    @Test
    void a_loss_that_is_not_finite_ends_the_training_with_the_epoch_named() {
        TrainingRecipe wild = recipe(TrainingRecipe.Method.SGD, 1e38, 5, 8, 0);
        TrainingDivergedException e = assertThrows(TrainingDivergedException.class, () -> train(wild, List.of()));
        assertTrue(String.valueOf(e.getMessage()).contains("epoch"), e.getMessage());
    }

    @Test
    void smoothing_of_the_recipe_keeps_logits_small() {
        Trained hard = train(recipe(TrainingRecipe.Method.ADAM, 0.1, 40, 8, 0), List.of());
        Trained smooth = train(recipe(TrainingRecipe.Method.ADAM, 0.1, 40, 8, 0.3), List.of());
        assertTrue(largest(smooth.weight()) < largest(hard.weight()));
    }

    private static double largest(double[][] weight) {
        return Arrays.stream(weight).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    private static TrainingRecipe recipe(
            TrainingRecipe.Method method, double rate, int epochs, int batch, double smoothing) {
        return new TrainingRecipe(
                method,
                rate,
                0.9,
                0.999,
                0.9,
                0,
                epochs,
                batch,
                TrainingRecipe.Decay.STEPS,
                List.of(),
                0,
                smoothing,
                Augmentation.NONE);
    }

    /** One step over all samples. */
    private static TrainingRecipe decaying(TrainingRecipe.Method method, double rate, double weightDecay) {
        return new TrainingRecipe(
                method,
                rate,
                0.9,
                0.999,
                0.9,
                weightDecay,
                1,
                40,
                TrainingRecipe.Decay.STEPS,
                List.of(),
                0,
                0,
                Augmentation.NONE);
    }

    private static LinearClassifier fresh() {
        return new LinearClassifier(
                CLASSES, CLASSES, new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(3))));
    }

    private static Trained train(TrainingRecipe recipe, List<DefensePart> parts) {
        return train(recipe, parts, 1);
    }

    private static Trained train(TrainingRecipe recipe, List<DefensePart> parts, long seed) {
        LinearClassifier classifier = fresh();
        List<ClassifierTrainer.EpochFigures> figures = new ClassifierTrainer(TORCH)
                .train(
                        classifier,
                        CLOUDS,
                        recipe,
                        new Composition(parts, recipe.smoothing()),
                        new Quiet(CounterStream.of(seed)),
                        EpochStore.NONE);
        return new Trained(figures, matrix(tensor(classifier, "weight")), doubles(tensor(classifier, "bias")));
    }

    private static NDArray tensor(LinearClassifier classifier, String name) {
        return Objects.requireNonNull(classifier.parameters().all().get(name));
    }

    private static double[][] matrix(NDArray array) {
        double[][] rows = new double[CLASSES][];
        for (int i = 0; i < CLASSES; i++) {
            rows[i] = doubles(array.get(i));
        }
        return rows;
    }

    private static double[] doubles(NDArray array) {
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static double[] softmax(double[][] weight, double[] x) {
        double[] e = new double[CLASSES];
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            double z = 0;
            for (int j = 0; j < CLASSES; j++) {
                z += weight[c][j] * x[j];
            }
            e[c] = Math.exp(z);
            sum += e[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            e[c] /= sum;
        }
        return e;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Trained(List<ClassifierTrainer.EpochFigures> figures, double[][] weight, double[] bias) {}

    private record Quiet(RandomStream random) implements TrainingContext {
        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }

    private record LargestLogit(double weight) implements LossTerm {
        @Override
        public Set<String> taps() {
            return Set.of();
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            return activations.logits().max(new int[] {1});
        }
    }

    private record Doubled() implements GradientPolicy.OfBatch {
        @Override
        public NDList change(NDList gradient, RandomStream random) {
            return new NDList(gradient.stream().map(array -> array.mul(2)).toArray(NDArray[]::new));
        }
    }

    private record KeepSecondStopAtFourth() implements CheckpointPolicy {
        @Override
        public double validation() {
            return 0;
        }

        @Override
        public Verdict judge(Epoch epoch, double accuracy) {
            return switch (epoch.index()) {
                case 1 -> Verdict.KEEP;
                case 3 -> Verdict.STOP;
                default -> Verdict.CONTINUE;
            };
        }
    }
}
