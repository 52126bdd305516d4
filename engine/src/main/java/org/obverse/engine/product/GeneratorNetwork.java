package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.obverse.api.event.Summary;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.torch.TorchRuntime;

/** A generative prior with its weights. */
public sealed interface GeneratorNetwork {
    /** What messages call it. */
    String SUBJECT = "generator";

    /** Tensors that were just trained. */
    record Fresh(Map<String, NDArray> tensors) implements GeneratorNetwork {}

    /** Built from a file or from what was stored. */
    record Opened(Generator generator, Parameters tensors) implements GeneratorNetwork {}

    /** What a unit reads is opened. */
    static Generator opened(GeneratorNetwork product) {
        return ((Opened) product).generator();
    }

    static Opened build(GeneratorArchitecture architecture, ParameterSource source, NDManager manager) {
        Parameters tensors = new Parameters(manager, source);
        Generator generator = architecture.build(tensors);
        tensors.requireNothingLeft(SUBJECT);
        return new Opened(generator, tensors);
    }

    /** Stores the tensors. */
    record Form(TorchRuntime torch, GeneratorArchitecture architecture) implements Codec<GeneratorNetwork> {
        @Override
        public Content encode(GeneratorNetwork product) {
            Map<String, NDArray> tensors = product instanceof Fresh fresh
                    ? fresh.tensors()
                    : ((Opened) product).tensors().all();
            return new Tensors(tensors, ProductForm.metadata("weights", Map.of()));
        }

        @Override
        public Summary summary(GeneratorNetwork product) {
            return Summary.NONE;
        }

        @Override
        public GeneratorNetwork decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            NDManager manager = lifetime.own(torch.manager().newSubManager());
            return build(architecture, new StoredParameters(SUBJECT, artifact.tensors()), manager);
        }
    }
}
