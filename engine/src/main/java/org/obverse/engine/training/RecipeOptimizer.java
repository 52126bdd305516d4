package org.obverse.engine.training;

import ai.djl.ndarray.NDList;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.ResumableOptimizer;
import org.obverse.engine.torch.TorchRuntime;

/** The optimizer that a recipe names. */
final class RecipeOptimizer {
    private static final double EPSILON = 1e-8;

    private RecipeOptimizer() {}

    static ResumableOptimizer of(TorchRuntime torch, TrainingRecipe recipe, NDList variables) {
        return switch (recipe.optimizer()) {
            case ADAM -> torch.adam(variables, recipe.beta1(), recipe.beta2(), EPSILON, recipe.weightDecay());
            case AMSGRAD -> torch.amsgrad(variables, recipe.beta1(), recipe.beta2(), EPSILON, recipe.weightDecay());
            case ADAMW -> torch.adamW(variables, recipe.beta1(), recipe.beta2(), EPSILON, recipe.weightDecay());
            case SGD -> torch.sgd(variables, recipe.momentum(), TorchRuntime.Momentum.CLASSICAL, recipe.weightDecay());
        };
    }
}
