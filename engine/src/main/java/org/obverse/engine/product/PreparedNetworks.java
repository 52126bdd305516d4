package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.obverse.api.attack.Preparer;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;

/** What a preparer made. */
public sealed interface PreparedNetworks {
    /**
     * Just made.
     *
     * @param tensors by names of the preparer's own
     * @param queries to the target, by kind of question
     */
    record Fresh(Map<String, NDArray> tensors, Map<String, Long> queries) implements PreparedNetworks {}

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
        return new Tensors(fresh.tensors(), ProductForm.asked("prepared", Map.of(), fresh.queries()));
    }

    /** What a unit reads is opened. */
    static Preparer.Prepared opened(PreparedNetworks product) {
        return ((Opened) product).networks();
    }
}
