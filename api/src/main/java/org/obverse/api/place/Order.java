package org.obverse.api.place;

import java.util.List;
import org.obverse.api.event.UnitName;

/**
 * What a place is asked to do: plain data, so that another process can do it, which has the study and the store. Given
 * twice, it leads to the same artifact.
 *
 * @param study its name
 * @param digest of the unit's ingredients and inputs, with the first batch; SHA-256 in hexadecimal
 * @param inputs digests of the products that the unit reads, in the unit's order; their artifacts are in the store
 * @param batches with which it may be tried, one after the other, as long as memory is too short
 */
public record Order(String study, UnitName unit, String digest, List<String> inputs, List<Integer> batches) {
    public Order {
        inputs = List.copyOf(inputs);
        batches = List.copyOf(batches);
    }
}
