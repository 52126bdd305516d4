package org.obverse.api.defense;

/**
 * Where training stands.
 *
 * @param index from 0
 * @param count of all epochs
 */
public record Epoch(int index, int count) {
    /** The share of the epochs that were finished when this one began, in [0, 1). */
    public double progress() {
        return (double) index / count;
    }
}
