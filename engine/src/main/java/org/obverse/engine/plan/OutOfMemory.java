package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a unit whose batch does not fit into the device's memory. */
public enum OutOfMemory {
    /** The run fails. */
    @JsonProperty("fail")
    FAIL,
    /** The unit is repeated with half the batch. Draws stay equal, the last digits of values do not. */
    @JsonProperty("halve-batch")
    HALVE_BATCH;

    /**
     * With which batches a unit is tried, in this order.
     *
     * @param own the plan's
     */
    public List<Integer> batches(int own) {
        List<Integer> batches = new ArrayList<>(List.of(own));
        for (int batch = own / 2; this == HALVE_BATCH && batch >= 1; batch /= 2) {
            batches.add(batch);
        }
        return batches;
    }
}
