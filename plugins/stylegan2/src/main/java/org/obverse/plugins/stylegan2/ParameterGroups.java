package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Resources;
import org.obverse.api.training.ParameterOptimizer;

/** What a training of a generator changes with Adam, in groups with a learning rate each. */
final class ParameterGroups implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;

    private final Resources resources;
    private final NDList variables = new NDList();
    private final List<Group> groups = new ArrayList<>();

    /** Variables from one index to before another. */
    private record Group(ParameterOptimizer optimizer, int from, int to, double rate) {}

    ParameterGroups(Resources resources) {
        this.resources = resources;
    }

    /** Adds the trainable tensors of these names, which gradients must reach. */
    void add(Parameters parameters, Predicate<String> names, double rate) {
        NDList chosen = new NDList();
        parameters.trainable().forEach((name, tensor) -> {
            if (names.test(name)) {
                chosen.add(tensor);
            }
        });
        ParameterOptimizer optimizer = resources.training().adam(chosen, BETA1, BETA2, 1e-8, 0);
        groups.add(new Group(optimizer, variables.size(), variables.size() + chosen.size(), rate));
        variables.addAll(chosen);
    }

    /**
     * @param factor of all learning rates
     */
    void step(NDArray loss, double factor) {
        NDList gradients = resources.gradients().of(loss, variables);
        for (Group group : groups) {
            group.optimizer().step(new NDList(gradients.subList(group.from(), group.to())), group.rate() * factor);
        }
    }

    @Override
    public void close() {
        groups.forEach(group -> group.optimizer().close());
    }
}
