package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;

/**
 * Rows of two collections, as one: those of {@code first}, and behind its last those of {@code second}. No record: who is lent these images
 * must not learn from their text of which collection each is.
 */
public final class PooledImages implements Images {
    private final Images first;
    private final Images second;
    private final List<Integer> rows;

    /**
     * @param rows in 0, …, first.size() + second.size() − 1, in any order
     */
    public PooledImages(Images first, Images second, List<Integer> rows) {
        this.first = first;
        this.second = second;
        this.rows = List.copyOf(rows);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Shape shape() {
        return first.shape();
    }

    @Override
    public int label(int index) {
        int row = rows.get(index);
        return row < first.size() ? first.label(row) : second.label(row - first.size());
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int[] wanted = IntStream.of(indices).map(rows::get).toArray();
        int[] ofFirst = IntStream.of(wanted).filter(row -> row < first.size()).toArray();
        int[] ofSecond = IntStream.of(wanted)
                .filter(row -> row >= first.size())
                .map(row -> row - first.size())
                .toArray();
        if (ofSecond.length == 0) {
            return first.read(manager, ofFirst);
        }
        if (ofFirst.length == 0) {
            return second.read(manager, ofSecond);
        }
        try (NDArray left = first.read(manager, ofFirst);
                NDArray right = second.read(manager, ofSecond)) {
            return merged(left, right, wanted);
        }
    }

    private NDArray merged(NDArray left, NDArray right, int... wanted) {
        long[] places = new long[wanted.length];
        long fromFirst = 0;
        long fromSecond = left.getShape().get(0);
        for (int i = 0; i < wanted.length; i++) {
            places[i] = wanted[i] < first.size() ? fromFirst++ : fromSecond++;
        }
        try (NDArray both = left.concat(right);
                NDArray order = left.getManager().create(places)) {
            return both.get(new NDIndex("{}", order));
        }
    }
}
