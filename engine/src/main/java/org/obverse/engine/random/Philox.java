package org.obverse.engine.random;

/**
 * The block function Philox4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), section
 * 3.3: a bijection of 128-bit counters for every 64-bit key.
 */
final class Philox {
    private static final int ROUNDS = 10;
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /** The four words of {@code counter} (word 0 first) under the key. */
    static int[] block(int[] counter, int key0, int key1) {
        int x0 = counter[0];
        int x1 = counter[1];
        int x2 = counter[2];
        int x3 = counter[3];
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = unsignedProduct(MULTIPLIER_0, x0);
            long product1 = unsignedProduct(MULTIPLIER_1, x2);
            x0 = high(product1) ^ x1 ^ k0;
            x1 = (int) product1;
            x2 = high(product0) ^ x3 ^ k1;
            x3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new int[] {x0, x1, x2, x3};
    }

    private static long unsignedProduct(int a, int b) {
        return Integer.toUnsignedLong(a) * Integer.toUnsignedLong(b);
    }

    private static int high(long product) {
        return (int) (product >>> 32);
    }
}
