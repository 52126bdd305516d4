package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
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

class AuxiliaryHeadTest {
    private static final int CLASSES = 3;
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void an_auxiliary_head_that_begins_like_the_main_one_learns_the_same() {
        TwoHeads trained = trained(CLASSES);

        assertArrayEquals(trained.main().toFloatArray(), trained.auxiliary().toFloatArray());
    }

    @Test
    void outputs_beyond_the_classes_are_learnt_to_be_wrong() {
        TwoHeads trained = trained(CLASSES + 2);

        NDArray beyond = trained.auxiliary().get(CLASSES + ":");
        assertTrue(beyond.max().getFloat() < 0, "every input is positive on average, so each weight must fall");
    }

    private static TwoHeads trained(int outputs) {
        Parameters parameters = new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(1)));
        TwoHeads network = new TwoHeads(
                parameters,
                parameters.weight("main", new Shape(CLASSES, CLASSES), Initial.constant(0)),
                parameters.weight("auxiliary", new Shape(outputs, CLASSES), Initial.constant(0)));
        TrainingRecipe recipe = new TrainingRecipe(
                Method.SGD, 0.1, 0.9, 0.999, 0, 0, 3, 8, Decay.STEPS, List.of(), 0, 0, Augmentation.NONE);
        new ClassifierTrainer(TORCH)
                .train(
                        network,
                        new Clouds(CLASSES, 8, CounterStream.of(5)),
                        recipe,
                        new Composition(List.of(), 0),
                        new Unwatched(),
                        EpochStore.NONE);
        return network;
    }

    private record TwoHeads(Parameters parameters, NDArray main, NDArray auxiliary) implements Classifier {
        @Override
        public Shape input() {
            return new Shape(CLASSES);
        }

        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public List<Tap> taps() {
            return List.of(
                    new Tap(Tap.PENULTIMATE, new Shape(CLASSES)),
                    new Tap(Tap.AUXILIARY, auxiliary.getShape().slice(0, 1)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            return new Activations(
                    images.matMul(main.transpose()),
                    Map.of(Tap.PENULTIMATE, images, Tap.AUXILIARY, images.matMul(auxiliary.transpose())));
        }
    }

    private static final class Unwatched implements TrainingContext {
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
