package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.Schedule;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.api.training.TrainingRecipe.Decay;
import org.obverse.api.training.TrainingRecipe.Method;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** What a training makes of a companion: one pass, two shares of the loss, and tensors that stay. */
class CompanionTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final int CLASSES = 4;
    private static final Clouds CLOUDS = new Clouds(CLASSES, 10, CounterStream.of(5));
    private static final double BETA = 0.2;
    private static final double RATE = 0.5;
    private static final ClassifierArchitecture LINEAR =
            (input, classes, parameters) -> new LinearClassifier(Math.toIntExact(input.size()), classes, parameters);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Appends the negative of each sample, as of the class after its own. */
    private record Negatives(double weight) implements Companion {
        @Override
        public Session begin(Setting setting) {
            return step -> new DataTransform.Batch(
                    step.images().neg(), step.encode(step.labels().add(1).mod(CLASSES)));
        }
    }

    @Test
    void one_full_batch_step_is_the_closed_form_step_on_both_shares_of_the_loss() {
        Classifier trained = train(1, 40, new Negatives(BETA));

        double[][] weight = matrix(fresh(List.of()));
        double[][] expected = matrix(fresh(List.of()));
        for (int i = 0; i < CLOUDS.size(); i++) {
            float[] x = CLOUDS.read(MANAGER, i).toFloatArray();
            float[] negative = CLOUDS.read(MANAGER, i).neg().toFloatArray();
            descend(weight, expected, x, CLOUDS.label(i), (1 - BETA) * RATE / CLOUDS.size());
            descend(weight, expected, negative, (CLOUDS.label(i) + 1) % CLASSES, BETA * RATE / CLOUDS.size());
        }
        double[][] found = matrix(trained);
        for (int c = 0; c < CLASSES; c++) {
            assertArrayEquals(expected[c], found[c], 1e-6);
        }
    }

    /** Softmax regression without a bias, as at first. */
    private static void descend(double[][] weight, double[][] changed, float[] x, int label, double rate) {
        double[] e = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            double z = 0;
            for (int j = 0; j < CLASSES; j++) {
                z += weight[c][j] * x[j];
            }
            e[c] = Math.exp(z);
        }
        double sum = Arrays.stream(e).sum();
        for (int c = 0; c < CLASSES; c++) {
            for (int j = 0; j < CLASSES; j++) {
                changed[c][j] -= rate * (e[c] / sum - (c == label ? 1 : 0)) * x[j];
            }
        }
    }

    @Test
    void of_weight_0_it_is_not_begun_and_the_training_has_the_bytes_of_one_without_it() {
        Classifier plain = train(3, 8);

        Classifier with = train(3, 8, new Shifting(0));

        assertEquals(Set.of("weight", "bias"), with.parameters().all().keySet());
        assertArrayEquals(matrix(plain), matrix(with));
        assertFalse(Arrays.deepEquals(matrix(plain), matrix(train(3, 8, new Shifting(0.01)))));
    }

    @Test
    void what_it_attached_is_among_the_target_s_tensors_and_no_optimizer_knows_it() {
        Classifier trained = train(1, 8, new Shifting(BETA));

        assertTrue(trained.parameters().all().containsKey("shifting.shift"));
        assertEquals(Set.of("weight", "bias"), trained.parameters().trainable().keySet());
    }

    @Test
    void it_is_given_the_images_of_the_batch_as_the_data_has_them() {
        Shifting companion = new Shifting(BETA);
        DataTransform darkening =
                (batch, epoch, random) -> new DataTransform.Batch(batch.images().mul(0.5), batch.targets());

        train(1, 40, darkening, companion);

        double shown = 0;
        for (float value : companion.seen().get(0)) {
            shown += value;
        }
        double plain = 0;
        for (int i = 0; i < CLOUDS.size(); i++) {
            for (float value : CLOUDS.read(MANAGER, i).toFloatArray()) {
                plain += value;
            }
        }
        assertEquals(plain, shown, 1e-4);
    }

    /** A term that notes how many rows it is given. */
    private static final class Counting implements LossTerm {
        private long rows;

        @Override
        public Set<String> taps() {
            return Set.of("penultimate");
        }

        @Override
        public double weight() {
            return 1;
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            rows = activations.tap("penultimate").getShape().get(0);
            return activations.logits().square().mean();
        }
    }

    @Test
    void loss_terms_see_the_batch_s_own_rows() {
        Counting counting = new Counting();

        train(1, 40, counting, new Negatives(BETA));

        assertEquals(40, counting.rows);
    }

    /** A network that notes the rows of each pass. */
    private record Watched(Classifier network, List<Long> rows) implements Classifier {
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
            assertTrue(pass.trains());
            rows.add(images.getShape().get(0));
            return network.forward(images, pass);
        }
    }

    @Test
    void the_target_makes_one_pass_over_the_batch_and_what_is_appended() {
        Watched watched = new Watched(fresh(List.of()), new ArrayList<>());

        train(watched, 1, 20, new Negatives(BETA));

        assertEquals(List.of(40L, 40L), watched.rows());
    }

    @Test
    void labels_are_encoded_as_those_of_the_batch() {
        LabelEncoder constant = new LabelEncoder() {
            @Override
            public NDArray encode(NDArray labels, int classes, Epoch epoch) {
                return labels.getManager()
                        .ones(new Shape(labels.size(), classes))
                        .div(classes);
            }

            @Override
            public Schedule schedule() {
                throw new IllegalStateException("no plan is checked here");
            }
        };
        Companion same = new Companion() {
            @Override
            public double weight() {
                return BETA;
            }

            @Override
            public Session begin(Setting setting) {
                return step -> new DataTransform.Batch(step.images(), step.encode(step.labels()));
            }
        };

        double[][] alone = matrix(train(1, 40, constant));
        double[][] beside = matrix(train(1, 40, constant, same));

        for (int c = 0; c < CLASSES; c++) {
            assertArrayEquals(alone[c], beside[c], 1e-6, "two shares of one loss are the loss");
        }
    }

    @Test
    void transforms_change_what_is_appended_as_they_change_the_batch() {
        DataTransform nothing =
                (batch, epoch, random) -> new DataTransform.Batch(batch.images().mul(0), batch.targets());

        assertArrayEquals(matrix(fresh(List.of())), matrix(train(1, 40, nothing, new Negatives(BETA))));
    }

    @Test
    void a_network_has_one_name() {
        Companion twice = new Companion() {
            @Override
            public double weight() {
                return BETA;
            }

            @Override
            public Session begin(Setting setting) {
                setting.parameters("critic").weight("w", new Shape(1), Initial.constant(1));
                setting.parameters("critic");
                throw new IllegalStateException("never");
            }
        };

        assertThrows(IllegalArgumentException.class, () -> train(1, 8, twice));
    }

    private static Classifier fresh(List<DefensePart> parts) {
        return new Composition(parts, 0)
                .transform(LINEAR)
                .build(
                        new Shape(CLASSES),
                        CLASSES,
                        new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(2))));
    }

    private static Classifier train(int epochs, int batch, DefensePart... parts) {
        return train(fresh(List.of(parts)), epochs, batch, parts);
    }

    private static Classifier train(Classifier classifier, int epochs, int batch, DefensePart... parts) {
        TrainingRecipe recipe = new TrainingRecipe(
                Method.SGD, RATE, 0.9, 0.999, 0, 0, epochs, batch, Decay.STEPS, List.of(), 0, 0, Augmentation.NONE);
        new ClassifierTrainer(TORCH)
                .train(
                        classifier,
                        CLOUDS,
                        recipe,
                        new Composition(List.of(parts), 0).builtBy(LINEAR),
                        new Unwatched(),
                        EpochStore.NONE);
        return classifier;
    }

    private static double[][] matrix(Classifier classifier) {
        float[] flat = Objects.requireNonNull(classifier.parameters().all().get("weight"))
                .toFloatArray();
        double[][] rows = new double[CLASSES][CLASSES];
        for (int i = 0; i < flat.length; i++) {
            rows[i / CLASSES][i % CLASSES] = flat[i];
        }
        return rows;
    }

    private record Unwatched() implements TrainingContext {
        @Override
        public RandomStream random() {
            return CounterStream.of(9);
        }

        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
