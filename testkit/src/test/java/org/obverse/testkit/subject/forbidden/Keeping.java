package org.obverse.testkit.subject.forbidden;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Remembers arrays for as long as the class is loaded. */
public record Keeping(@Meaning("how much") double weight) implements Weighted {
    private static final List<NDArray> KEPT = new ArrayList<>();

    void keep(NDArray array) {
        KEPT.add(array.mul(weight));
    }
}
