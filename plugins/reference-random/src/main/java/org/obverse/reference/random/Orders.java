package org.obverse.reference.random;

/** Orders of 0, …, count − 1, which both libraries shuffle in place. */
final class Orders {
    private Orders() {}

    static int[] ascending(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
    }

    static void swap(int[] order, int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}
