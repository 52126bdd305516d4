package org.obverse.engine.product;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.Summary;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/**
 * A classifier with its weights.
 *
 * @param history one entry per epoch; empty if it was not trained, or is opened again
 * @param figures of a finished network, by name; empty if it was trained, or is opened again
 */
public record Network(Classifier classifier, List<EpochFigures> history, Map<String, Double> figures) {
    /** The share of the target's training images that a finished target takes for what they are. */
    public static final String OWN_ACCURACY = "training accuracy";

    public Network {
        history = List.copyOf(history);
        figures = Map.copyOf(figures);
    }

    /** One that was trained, or is opened again. */
    public Network(Classifier classifier, List<EpochFigures> history) {
        this(classifier, history, Map.of());
    }

    /** Builds the network again, from its stored tensors. */
    @FunctionalInterface
    public interface Construction {
        Classifier build(Parameters tensors);
    }

    /**
     * Stores the tensors.
     *
     * @param subject the network, for messages
     */
    public record Form(TorchRuntime torch, String subject, Construction construction) implements Codec<Network> {
        @Override
        public Content encode(Network product) {
            return tensors(product);
        }

        @Override
        public Summary summary(Network product) {
            return figures(product.history());
        }

        @Override
        public Network decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            NDManager manager = lifetime.own(torch.manager().newSubManager());
            Parameters tensors = new Parameters(manager, new StoredParameters(subject, artifact.tensors()));
            Classifier classifier = construction.build(tensors);
            tensors.requireNothingLeft(subject);
            return new Network(classifier, List.of());
        }
    }

    public static Tensors tensors(Network product) {
        return new Tensors(product.classifier().parameters().all(), ProductForm.metadata("weights", Map.of()));
    }

    /** The last epoch's figures, and those of all epochs. */
    public static Summary figures(List<EpochFigures> history) {
        List<Map<String, Double>> epochs =
                history.stream().map(EpochFigures::byName).toList();
        return new Summary(epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1), Map.of(), epochs);
    }
}
