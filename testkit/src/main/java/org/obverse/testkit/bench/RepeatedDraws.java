package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.random.RandomStream;

/**
 * Tensors for networks that are looked at, not trained to be good: the rows of a large tensor repeat after some thousand
 * draws, so that a network of a hundred million weights costs no seconds.
 *
 * @param distribution of a tensor, given the one that the network asks for
 */
record RepeatedDraws(RandomStream random, UnaryOperator<Initial> distribution) implements ParameterSource {
    private static final long LARGE = 1 << 14;
    private static final long DRAWN = 1 << 11;
    /** Fewer and a rectifier could silence all channels at once. */
    private static final long LEAST_ROWS = 16;

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        RandomStream own = random.child(name);
        Initial used = distribution.apply(initial);
        if (shape.size() <= LARGE) {
            return manager.create(used.values(shape, own), shape);
        }
        long[] part = shape.getShape().clone();
        part[0] = drawnRows(shape);
        try (NDScope scope = new NDScope()) {
            Shape first = new Shape(part);
            NDArray few = manager.create(used.values(first, own), first);
            NDArray whole = few.repeat(0, shape.get(0) / part[0]);
            NDScope.unregister(whole);
            return whole;
        }
    }

    /** The most rows that cost few draws and divide the number of all rows. */
    private static long drawnRows(Shape shape) {
        long rows = Math.min(shape.get(0), Math.max(LEAST_ROWS, DRAWN * shape.get(0) / shape.size()));
        while (shape.get(0) % rows != 0) {
            rows--;
        }
        return rows;
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
