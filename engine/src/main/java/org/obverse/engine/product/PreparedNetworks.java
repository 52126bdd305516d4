package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.obverse.api.attack.Preparer;

/** What a preparer made. */
public sealed interface PreparedNetworks {
    /**
     * Just made.
     *
     * @param tensors by names of the preparer's own
     * @param queries to the target, by kind of question
     */
    record Fresh(Map<String, NDArray> tensors, Map<String, Long> queries) implements PreparedNetworks {}

    /** Built from what was stored. */
    record Opened(Preparer.Prepared networks) implements PreparedNetworks {}

    /** What a unit reads is opened. */
    static Preparer.Prepared opened(PreparedNetworks product) {
        return ((Opened) product).networks();
    }
}
