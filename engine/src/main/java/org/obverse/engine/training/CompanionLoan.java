package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.defense.Companion;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.NativeCopy;
import org.obverse.engine.torch.ResumableOptimizer;
import org.obverse.engine.torch.TorchRuntime;

/** What a companion is lent for a training, and what of it is kept from epoch to epoch. */
final class CompanionLoan implements Companion.Setting, AutoCloseable {
    private static final String TENSOR = "companion.";
    private static final String MOMENT = "companion-moment.";

    private final TorchRuntime torch;
    private final Classifier target;
    private final ClassifierArchitecture architecture;
    private final TrainingRecipe recipe;
    private final RandomStream random;
    private final NDManager manager;
    private final Map<String, Parameters> networks = new LinkedHashMap<>();
    private final List<ResumableOptimizer> optimizers = new ArrayList<>();

    /**
     * @param random for the first values of its tensors
     */
    CompanionLoan(
            TorchRuntime torch,
            Classifier target,
            ClassifierArchitecture architecture,
            TrainingRecipe recipe,
            RandomStream random) {
        this.torch = torch;
        this.target = target;
        this.architecture = architecture;
        this.recipe = recipe;
        this.random = random;
        this.manager = target.parameters().manager().newSubManager();
    }

    /** Called once. */
    Companion.Session begin(Companion companion) {
        Companion.Session session = companion.begin(this);
        networks.values().forEach(network -> network.requireGradients(Requirement.TRAINABLE));
        return session;
    }

    @Override
    public Classifier target() {
        return target;
    }

    @Override
    public ClassifierArchitecture architecture() {
        return architecture;
    }

    @Override
    public TrainingRecipe recipe() {
        return recipe;
    }

    @Override
    public Parameters parameters(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9-]*") || networks.containsKey(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' names no further network of the companion; there are " + networks.keySet());
        }
        Parameters parameters = new Parameters(manager, ParameterSource.fresh(random.child(name)));
        networks.put(name, parameters);
        return parameters;
    }

    @Override
    public ParameterOptimizer optimizer(NDList variables) {
        ResumableOptimizer optimizer = RecipeOptimizer.of(torch, recipe, variables);
        optimizers.add(optimizer);
        return optimizer;
    }

    /** Its tensors and the moments of its optimizers, under names that no network has. */
    Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        networks.forEach((network, parameters) ->
                parameters.all().forEach((name, tensor) -> tensors.put(TENSOR + network + "." + name, tensor)));
        for (int i = 0; i < optimizers.size(); i++) {
            NDList moments = optimizers.get(i).moments();
            for (int j = 0; j < moments.size(); j++) {
                tensors.put(moment(i, j), moments.get(j));
            }
        }
        return tensors;
    }

    /** Puts them back, in place. */
    void restore(TensorFile file) {
        try (NDManager read = manager.newSubManager()) {
            networks.forEach((network, parameters) -> {
                parameters.requireGradients(Requirement.NONE);
                parameters
                        .all()
                        .forEach((name, tensor) ->
                                NativeCopy.into(tensor, file.tensor(read, TENSOR + network + "." + name)));
                parameters.requireGradients(Requirement.TRAINABLE);
            });
            for (int i = 0; i < optimizers.size(); i++) {
                NDList moments = new NDList();
                for (int j = 0; file.names().contains(moment(i, j)); j++) {
                    moments.add(file.tensor(read, moment(i, j)));
                }
                optimizers.get(i).resume(moments);
            }
        }
    }

    private static String moment(int optimizer, int place) {
        return MOMENT + optimizer + "." + place;
    }

    @Override
    public void close() {
        optimizers.forEach(ResumableOptimizer::close);
        manager.close();
    }
}
