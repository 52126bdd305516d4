package org.obverse.engine.product;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.obverse.api.data.Part;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.lend.DataImages;
import tools.jackson.databind.json.JsonMapper;

/**
 * A data set, and what it is: sizes and a hash of its pixels, so that a run notices when data changed.
 *
 * @param facts by name
 */
public record MeasuredData(DataImages images, Map<String, String> facts) {
    static final String CLASS_NAMES = "class-names";

    /** A hash of all test images and their labels; empty if there are none. */
    public String testImages() {
        return facts.getOrDefault(DataManifest.name(Part.TEST) + DataSummary.HASH, "");
    }

    /** Public images that are private ones, each with it; empty if none was found. */
    public String leaked() {
        return facts.getOrDefault(DataSummary.LEAKED, "");
    }

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

    /**
     * What the classes of a stored data set are called, by label.
     *
     * @param facts of the data set; its classes have no names but their numbers if they say nothing of them
     */
    public static IntFunction<String> classNames(Map<String, String> facts) {
        String stored = facts.getOrDefault(CLASS_NAMES, "[]");
        List<String> names = List.of(JsonMapper.shared().readValue(stored, String[].class));
        return label -> label < names.size() ? names.get(label) : String.valueOf(label);
    }

    /** The facts of a stored data set. */
    public static Map<String, String> facts(Artifact artifact) {
        return ProductForm.facts(artifact);
    }
}
