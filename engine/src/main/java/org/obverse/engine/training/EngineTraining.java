package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.network.Classifier;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.api.training.Training;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;

/** The training services that components are lent. */
public final class EngineTraining implements Training {
    private final TorchRuntime torch;

    public EngineTraining(TorchRuntime torch) {
        this.torch = torch;
    }

    @Override
    public ParameterOptimizer adam(NDList variables, double beta1, double beta2, double epsilon, double weightDecay) {
        return torch.adam(variables, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public ParameterOptimizer sgd(NDList variables, double momentum, double weightDecay) {
        return torch.sgd(variables, momentum, TorchRuntime.Momentum.CLASSICAL, weightDecay);
    }

    @Override
    public void fit(Classifier classifier, Images images, TrainingRecipe recipe, TrainingContext context) {
        Composition plain = new Composition(List.of(), recipe.smoothing());
        new ClassifierTrainer(torch).train(classifier, images, recipe, plain, context, EpochStore.NONE);
    }

    @Override
    public void imitate(
            Classifier classifier,
            Images images,
            NDArray answers,
            TeacherLoss loss,
            TrainingRecipe recipe,
            TrainingContext context) {
        Composition taught = new Composition(List.of(loss), 0).answered(answers);
        new ClassifierTrainer(torch)
                .train(classifier, new Answered(images, answers), recipe, taught, context, EpochStore.NONE);
    }

    /** Labelled with the likeliest class of each answer, by which progress tells an accuracy. */
    private static final class Answered implements Images {
        private final Images images;
        private final long[] labels;

        Answered(Images images, NDArray answers) {
            this.images = images;
            this.labels = answers.argMax(1).toType(DataType.INT64, false).toLongArray();
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public Shape shape() {
            return images.shape();
        }

        @Override
        public int label(int index) {
            return Math.toIntExact(labels[index]);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return images.read(manager, indices);
        }
    }
}
