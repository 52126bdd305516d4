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
    private static final long DRAWN = 1 << 14;

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        RandomStream own = random.child(name);
        Initial used = distribution.apply(initial);
        long rows = shape.dimension() == 0 ? 1 : shape.get(0);
        long drawn = Math.max(1, Math.min(rows, DRAWN * rows / Math.max(1, shape.size())));
        if (drawn == rows) {
            return manager.create(used.values(shape, own), shape);
        }
        long[] part = shape.getShape().clone();
        part[0] = drawn;
        try (NDScope scope = new NDScope()) {
            Shape first = new Shape(part);
            NDArray few = manager.create(used.values(first, own), first);
            NDArray whole = few.repeat(0, (rows + drawn - 1) / drawn).get("0:" + rows).duplicate();
            NDScope.unregister(whole);
            return whole;
        }
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
