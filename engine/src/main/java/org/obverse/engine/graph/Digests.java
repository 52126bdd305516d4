package org.obverse.engine.graph;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;

/** Digests of a graph's units by their index, in room that is taken once: 32 bytes each. Safe for several threads. */
public final class Digests {
    private static final int BYTES = 32;

    private final byte[] bytes;
    private final BitSet there;

    /**
     * @param units how many there are, at most 67 million
     */
    public Digests(int units) {
        this.bytes = new byte[Math.multiplyExact(units, BYTES)];
        this.there = new BitSet(units);
    }

    /**
     * Puts the digest of a unit in the place of an earlier one.
     *
     * @param digest SHA-256 in hexadecimal
     * @throws IllegalArgumentException if it is anything else
     */
    public synchronized void put(int index, String digest) {
        byte[] binary = HexFormat.of().parseHex(digest);
        if (binary.length != BYTES) {
            throw new IllegalArgumentException("no SHA-256: " + digest);
        }
        System.arraycopy(binary, 0, bytes, index * BYTES, BYTES);
        there.set(index);
    }

    /** The digest of a unit; nothing if none was put. */
    public synchronized Optional<String> get(int index) {
        return there.get(index)
                ? Optional.of(HexFormat.of().formatHex(bytes, index * BYTES, (index + 1) * BYTES))
                : Optional.empty();
    }
}
