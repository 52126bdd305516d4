package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.torch.TorchRuntime;

/** Which networks may be trained where a defense bounds what each sample contributes. */
class SamplesApartTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final Composition BOUNDED = new Composition(List.of(new Bounding()), 0);
    private static final ClassifierArchitecture LINEAR =
            (input, classes, parameters) -> new LinearClassifier(Math.toIntExact(input.size()), classes, parameters);
    private static final ClassifierArchitecture CENTRED =
            (input, classes, parameters) -> new Centred(LINEAR.build(input, classes, parameters));

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private record Bounding() implements GradientPolicy.OfSamples {
        @Override
        public NDArray factors(NDArray norms) {
            return norms;
        }

        @Override
        public NDList combine(NDList sum, double expected, RandomStream random) {
            return sum;
        }

        @Override
        public Map<String, Double> figures(double rate, long steps) {
            return Map.of();
        }
    }

    /** Takes the batch's mean off the images in training, and keeps no statistics of it. */
    private record Centred(Classifier behind) implements Classifier {
        @Override
        public Shape input() {
            return behind.input();
        }

        @Override
        public int classes() {
            return behind.classes();
        }

        @Override
        public List<Tap> taps() {
            return behind.taps();
        }

        @Override
        public Parameters parameters() {
            return behind.parameters();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray shown = pass.trains() ? images.sub(images.mean(new int[] {0}, true)) : images;
            return behind.forward(shown, pass);
        }
    }

    private static void tried(Composition composition, ClassifierArchitecture architecture) {
        composition.requireApart(architecture, new Shape(6), 3, MANAGER);
    }

    @Test
    void a_network_that_normalises_by_batch_without_statistics_is_refused() {
        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> tried(BOUNDED, CENTRED));

        assertTrue(
                String.valueOf(refused.getMessage()).contains("depends on the others of the batch"),
                refused.getMessage());
    }

    @Test
    void a_network_whose_samples_pass_alone_is_not_and_neither_is_any_without_such_a_defense() {
        assertDoesNotThrow(() -> tried(BOUNDED, LINEAR));
        assertDoesNotThrow(() -> tried(new Composition(List.of(), 0), CENTRED));
    }
}
