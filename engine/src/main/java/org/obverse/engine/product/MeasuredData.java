package org.obverse.engine.product;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.lend.DataImages;

/**
 * A data set, and what it is: sizes and a hash of its pixels, so that a run notices when data changed.
 *
 * @param facts by name
 */
public record MeasuredData(DataImages images, Map<String, String> facts) {
    /** Stores the facts; the images themselves are the component's. */
    public record Form(DataImages images) implements Codec<MeasuredData> {
        @Override
        public Content encode(MeasuredData product) {
            return new Tensors(Map.of(), ProductForm.metadata("data", product.facts()));
        }

        @Override
        public Summary summary(MeasuredData product) {
            Map<String, Double> sizes = new LinkedHashMap<>();
            product.facts().forEach((name, fact) -> {
                if (fact.matches("\\d{1,15}")) {
                    sizes.put(name, Double.valueOf(fact));
                }
            });
            return new Summary(sizes, Map.of(), List.of());
        }

        @Override
        public MeasuredData decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            return new MeasuredData(images, facts(artifact));
        }
    }

    /** The facts of a stored data set. */
    public static Map<String, String> facts(Artifact artifact) {
        return ProductForm.facts(artifact);
    }
}
