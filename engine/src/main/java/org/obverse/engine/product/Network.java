package org.obverse.engine.product;

import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import tools.jackson.core.type.TypeReference;

/**
 * A classifier with its weights.
 *
 * @param history one entry per epoch; empty if it was not trained, or is opened again
 * @param figures of how well it knows images, by name; empty if nobody asked
 * @param origin what its weights say of how they were made, by name; empty if they say nothing
 */
public record Network(
        Classifier classifier, List<EpochFigures> history, Map<String, Double> figures, Map<String, String> origin) {
    /** The share of the target's training images that a finished target takes for what they are. */
    public static final String OWN_ACCURACY = "training accuracy";
    /** The share of the private test images that a judge takes for what they are. */
    public static final String TEST_ACCURACY = "own test accuracy";
    /** A judge's calibration error on them. */
    public static final String TEST_CALIBRATION = "own calibration error";
    /** The hash of the test images of the data that it was trained on, among what weights say of their origin. */
    public static final String TEST_IMAGES = "test-images";

    private static final String FIGURES = "figures";

    public Network {
        history = List.copyOf(history);
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        origin = Map.copyOf(origin);
    }

    /** One that was trained, or is opened again. */
    public Network(Classifier classifier, List<EpochFigures> history) {
        this(classifier, history, Map.of(), Map.of());
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
            Summary trained = Network.figures(product.history());
            Map<String, Double> all = new LinkedHashMap<>(trained.figures());
            all.putAll(product.figures());
            return new Summary(all, Map.of(), trained.epochs());
        }

        @Override
        public Network decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            NDManager manager = lifetime.own(torch.manager().newSubManager());
            Parameters tensors = new Parameters(manager, new StoredParameters(subject, artifact.tensors()));
            Classifier classifier = construction.build(tensors);
            tensors.requireNothingLeft(subject);
            Map<String, String> origin = ProductForm.facts(artifact);
            origin.remove(FIGURES);
            return new Network(classifier, List.of(), storedFigures(artifact), origin);
        }
    }

    public static Tensors tensors(Network product) {
        Map<String, String> facts = new LinkedHashMap<>(product.origin());
        if (!product.figures().isEmpty()) {
            facts.put(FIGURES, ProductForm.json(product.figures()));
        }
        return new Tensors(product.classifier().parameters().all(), ProductForm.metadata("weights", facts));
    }

    /** The figures of a stored network. */
    public static Map<String, Double> storedFigures(Artifact artifact) {
        return ProductForm.facts(artifact).containsKey(FIGURES)
                ? ProductForm.parse(artifact, FIGURES, new TypeReference<Map<String, Double>>() {})
                : Map.of();
    }

    /** The last epoch's figures, and those of all epochs. */
    public static Summary figures(List<EpochFigures> history) {
        List<Map<String, Double>> epochs =
                history.stream().map(EpochFigures::byName).toList();
        return new Summary(epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1), Map.of(), epochs);
    }
}
