package org.obverse.engine.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;

/** What is known of products before anything is performed: the shape of a data set's images, a network that was loaded. */
public final class Known implements Lifetime, AutoCloseable {
    private final IdentityHashMap<Unit<?>, Object> facts = new IdentityHashMap<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /** What a unit says of the product that it will have. */
    public void tell(Unit<?> unit, Object fact) {
        facts.put(unit, fact);
    }

    /**
     * What a unit said of its product.
     *
     * @return nothing if it said nothing of that type, for instance because its check found it unfit
     */
    public <F> Optional<F> of(Input<?> input, Class<F> type) {
        Object fact = facts.get(input.unit());
        return type.isInstance(fact) ? Optional.of(type.cast(fact)) : Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /** Closes what was made only to be asked. */
    @Override
    public void close() {
        Closing.all(owned);
    }
}
