package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Parameters;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.NativeCopy;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training after some epochs: tensors, the optimizer's moments, those of a companion, the best epoch's tensors, and what each epoch came to. A
 * training that goes on from it ends with the bytes of one that was never interrupted, because every draw has a stream of
 * its own.
 */
final class Checkpoint {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NETWORK = "network.";
    private static final String BEST = "best.";
    private static final String MOMENT = "moment.";
    private static final String FACTS = "facts";

    /**
     * What is no tensor.
     *
     * @param trained names of the weights that the optimizer was made for
     * @param accuracies that the checkpoint policy was told, so that it can be told again
     */
    record Facts(List<ClassifierTrainer.EpochFigures> figures, List<Double> accuracies, List<String> trained) {}

    private Checkpoint() {}

    /**
     * @param beside tensors of a companion, under names of their own
     */
    static void save(
            EpochStore store,
            Facts facts,
            Parameters parameters,
            NDList moments,
            Map<String, NDArray> best,
            Map<String, NDArray> beside) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parameters.all().forEach((name, tensor) -> tensors.put(NETWORK + name, tensor));
        best.forEach((name, tensor) -> tensors.put(BEST + name, tensor));
        for (int i = 0; i < moments.size(); i++) {
            tensors.put(MOMENT + i, moments.get(i));
        }
        tensors.putAll(beside);
        store.save(tensors, Map.of(FACTS, JSON.writeValueAsString(facts)));
    }

    static Facts facts(TensorFile file) {
        return JSON.readValue(file.metadata().get(FACTS), Facts.class);
    }

    /** Puts the network's tensors back, in place. */
    static void restore(TensorFile file, Parameters parameters) {
        parameters.requireGradients(Parameters.Requirement.NONE);
        try (NDManager manager = parameters.manager().newSubManager()) {
            parameters.all().forEach((name, tensor) -> NativeCopy.into(tensor, file.tensor(manager, NETWORK + name)));
        }
    }

    static NDList moments(TensorFile file, NDManager manager) {
        NDList moments = new NDList();
        for (int i = 0; file.names().contains(MOMENT + i); i++) {
            moments.add(file.tensor(manager, MOMENT + i));
        }
        return moments;
    }

    /** The tensors of the best epoch; none if no epoch was judged best. */
    static Map<String, NDArray> best(TensorFile file, NDManager manager) {
        Map<String, NDArray> best = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(BEST)) {
                best.put(name.substring(BEST.length()), file.tensor(manager, name));
            }
        }
        return best;
    }
}
