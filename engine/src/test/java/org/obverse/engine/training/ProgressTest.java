package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** What a network is told of the training in which it is. */
final class ProgressTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final int CLASSES = 4;

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void a_training_pass_knows_the_share_of_the_epochs_that_were_finished() {
        assertEquals(List.of(0.0, 0.25, 0.5, 0.75), progress(List.of()));
    }

    @Test
    void so_does_the_pass_of_a_sample_whose_gradient_is_bounded() {
        assertEquals(List.of(0.0, 0.25, 0.5, 0.75), progress(List.of(new Summed())));
    }

    @Test
    void samples_that_are_held_out_are_seen_as_they_are_after_training() {
        assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), progress(List.of(new Judged())));
    }

    @Test
    void other_passes_are_at_the_end() {
        assertEquals(1, Pass.evaluation(CounterStream.of(1)).progress());
        assertEquals(1, Pass.training(CounterStream.of(1)).progress());
        assertEquals(
                0.5,
                Pass.training(CounterStream.of(1)).after(0.5).heardBy(use -> {}).progress());
    }

    private static List<Double> progress(List<DefensePart> parts) {
        Watched watched = new Watched(
                new LinearClassifier(
                        CLASSES, CLASSES, new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(3)))),
                new TreeSet<>());
        TrainingRecipe recipe = new TrainingRecipe(
                TrainingRecipe.Method.SGD,
                0.1,
                0.9,
                0.999,
                0.9,
                0,
                4,
                8,
                TrainingRecipe.Decay.STEPS,
                List.of(),
                0,
                0,
                Augmentation.NONE);
        new ClassifierTrainer(TORCH)
                .train(
                        watched,
                        new Clouds(CLASSES, 10, CounterStream.of(5)),
                        recipe,
                        new Composition(parts, 0),
                        new Quiet(CounterStream.of(1)),
                        EpochStore.NONE);
        return new ArrayList<>(watched.seen());
    }

    private record Watched(Classifier inner, Set<Double> seen) implements Classifier {
        @Override
        public Shape input() {
            return inner.input();
        }

        @Override
        public int classes() {
            return inner.classes();
        }

        @Override
        public List<Tap> taps() {
            return inner.taps();
        }

        @Override
        public Parameters parameters() {
            return inner.parameters();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            seen.add(pass.progress());
            return inner.forward(images, pass);
        }
    }

    private record Summed() implements GradientPolicy.OfSamples {
        @Override
        public NDArray factors(NDArray norms) {
            return norms.onesLike();
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

    private record Judged() implements CheckpointPolicy {
        @Override
        public double validation() {
            return 0.2;
        }

        @Override
        public Verdict judge(Epoch epoch, double accuracy) {
            return Verdict.CONTINUE;
        }
    }

    private record Quiet(RandomStream random) implements TrainingContext {
        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
