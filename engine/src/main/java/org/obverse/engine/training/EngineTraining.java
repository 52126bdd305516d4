package org.obverse.engine.training;

import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.data.Images;
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
        new ClassifierTrainer(torch)
                .train(
                        classifier,
                        images,
                        recipe,
                        new Composition(List.of(), recipe.smoothing()),
                        context,
                        EpochStore.NONE);
    }
}
