package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * The tensors of a network by name, in the order in which the network asked for them: its state dict.
 *
 * <p>A network under construction asks for {@linkplain #weight weights}, which training changes, and {@linkplain #buffer
 * buffers} (running statistics, constants), which the network changes itself or never. Frozen weights receive no
 * gradient, and layers with running statistics treat frozen ones as in evaluation.
 */
public final class Parameters {
    private final NDManager manager;
    private ParameterSource source;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Map<String, NDArray> buffers = new LinkedHashMap<>();
    private final Map<String, NDArray> all = new LinkedHashMap<>();
    private final TreeSet<String> frozen = new TreeSet<>();

    public Parameters(NDManager manager, ParameterSource source) {
        this.manager = manager;
        this.source = source;
    }

    /** The manager to which the tensors are attached. */
    public NDManager manager() {
        return manager;
    }

    /** What the source says of the network beside its tensors. */
    public Map<String, String> metadata() {
        return source.metadata();
    }

    /**
     * Understands the names of published files; to be called before the first tensor is taken.
     *
     * @param current as {@link ParameterSource#renamed}
     * @throws InvalidConfigurationException if the source holds one tensor under two names
     */
    public void rename(UnaryOperator<String> current) {
        source = source.renamed(current);
    }

    /** Takes a trainable tensor from the source. */
    public NDArray weight(String name, Shape shape, Initial initial) {
        NDArray tensor = take(name, shape, initial);
        weights.put(name, tensor);
        return tensor;
    }

    /** Takes a tensor that no optimizer changes. */
    public NDArray buffer(String name, Shape shape, Initial initial) {
        NDArray tensor = take(name, shape, initial);
        buffers.put(name, tensor);
        return tensor;
    }

    private NDArray take(String name, Shape shape, Initial initial) {
        if (all.containsKey(name)) {
            throw new IllegalStateException("the network asks twice for '" + name + "'");
        }
        NDArray tensor = source.tensor(manager, name, shape, initial);
        all.put(name, tensor);
        return tensor;
    }

    /** Keeps exactly these weights from being trained, from now on; those frozen before are released. */
    public void freeze(Predicate<String> names) {
        frozen.clear();
        weights.keySet().stream().filter(names).forEach(frozen::add);
    }

    public boolean isFrozen(String weight) {
        return frozen.contains(weight);
    }

    /** Weights that training changes, by name. */
    public Map<String, NDArray> trainable() {
        Map<String, NDArray> trainable = new LinkedHashMap<>(weights);
        trainable.keySet().removeAll(frozen);
        return trainable;
    }

    /** Lets gradients reach the trainable weights while {@code on}; evaluation needs none. */
    public void requireGradients(Requirement on) {
        all.values().forEach(tensor -> tensor.setRequiresGradient(false));
        if (on == Requirement.TRAINABLE) {
            trainable().values().forEach(tensor -> tensor.setRequiresGradient(true));
        }
    }

    /** The trainable weights in order, for an optimizer. */
    public NDList trainableList() {
        return new NDList(trainable().values().toArray(NDArray[]::new));
    }

    /** Everything that an artifact stores, by name. */
    public Map<String, NDArray> all() {
        return new LinkedHashMap<>(all);
    }

    /**
     * To be called when a network is complete.
     *
     * @param subject what was loaded, for the message
     * @throws InvalidConfigurationException if the source holds a tensor that the network did not ask for
     */
    public void requireNothingLeft(String subject) {
        TreeSet<String> left = new TreeSet<>(source.names());
        left.removeAll(all.keySet());
        left.removeIf(name -> name.endsWith("num_batches_tracked"));
        if (!left.isEmpty()) {
            throw new InvalidConfigurationException(new Problem(
                    subject,
                    "the weights hold " + left.size() + " tensors that the network does not have, the first is '"
                            + left.first() + "'",
                    "choose the configuration that the weights were made with"));
        }
    }

    /** Which tensors take part in gradients. */
    public enum Requirement {
        NONE,
        TRAINABLE
    }
}
