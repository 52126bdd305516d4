package org.obverse.api.defense;

/**
 * Where training stands.
 *
 * @param index from 0
 * @param count of all epochs
 */
public record Epoch(int index, int count) {}
