package org.obverse.engine.product;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preparer;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import tools.jackson.core.type.TypeReference;

/** What a preparer made. */
public sealed interface PreparedNetworks {
    /** Of the artifact's facts. */
    String FIGURES = "figures";

    /**
     * Just made.
     *
     * @param queries to the target, by kind of question
     */
    record Fresh(Preparer.Made made, Map<String, Long> queries) implements PreparedNetworks {}

    /**
     * Built from what was stored.
     *
     * @param file where the tensors lie
     */
    record Opened(Preparer.Prepared networks, TensorFile file) implements PreparedNetworks {
        /** Images that the preparer asked the target about, by kind of question. */
        public Map<String, Long> queries() {
            return ProductForm.queries(file);
        }
    }

    /** How networks are stored. */
    static ArtifactStore.Content stored(Fresh fresh) {
        String figures = ProductForm.json(fresh.made().figures());
        return new Tensors(
                fresh.made().tensors(), ProductForm.asked("prepared", Map.of(FIGURES, figures), fresh.queries()));
    }

    /** What the preparer told of it; nothing of artifacts of earlier versions, in which it could not. */
    static List<Preparer.Figure> figures(Artifact artifact) {
        return ProductForm.facts(artifact).containsKey(FIGURES)
                ? ProductForm.parse(artifact, FIGURES, new TypeReference<List<Preparer.Figure>>() {})
                : List.of();
    }

    /** What a unit reads is opened. */
    static Preparer.Prepared opened(PreparedNetworks product) {
        return ((Opened) product).networks();
    }
}
