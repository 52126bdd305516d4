package org.obverse.plugins.ppa;

import java.util.Arrays;
import java.util.List;

/**
 * The order in which CPython (3.7 to 3.12, {@code Objects/setobject.c}) iterates over a set of small integers, in which
 * the published code visits classes: that of its hash table, ascending for 0, …, n − 1 but not in general.
 */
final class PythonSet {
    private static final int SMALLEST = 8;
    private static final int LINEAR_PROBES = 9;
    private static final int PERTURB_SHIFT = 5;
    private static final int EMPTY = -1;

    private int[] table = empty(SMALLEST);
    private int used;

    private PythonSet() {}

    /** {@code list(set(members))}, for members of at least 0. */
    static List<Integer> of(List<Integer> members) {
        PythonSet set = new PythonSet();
        members.forEach(set::add);
        return Arrays.stream(set.table)
                .filter(member -> member != EMPTY)
                .boxed()
                .toList();
    }

    private void add(int member) {
        int slot = slot(table, member);
        if (table[slot] == member) {
            return;
        }
        table[slot] = member;
        used++;
        if (used * 5 >= (table.length - 1) * 3) {
            grow(used > 50_000 ? used * 2 : used * 4);
        }
    }

    private void grow(int least) {
        int size = SMALLEST;
        while (size <= least) {
            size *= 2;
        }
        int[] larger = empty(size);
        for (int member : table) {
            if (member != EMPTY) {
                larger[slot(larger, member)] = member;
            }
        }
        table = larger;
    }

    /** Where a member is, or would be put; an integer is its own hash. */
    private static int slot(int[] table, int member) {
        int mask = table.length - 1;
        int perturb = member;
        int start = member & mask;
        while (true) {
            int probes = start + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
            for (int slot = start; slot <= start + probes; slot++) {
                if (table[slot] == EMPTY || table[slot] == member) {
                    return slot;
                }
            }
            perturb >>= PERTURB_SHIFT;
            start = (start * 5 + 1 + perturb) & mask;
        }
    }

    private static int[] empty(int size) {
        int[] table = new int[size];
        Arrays.fill(table, EMPTY);
        return table;
    }
}
