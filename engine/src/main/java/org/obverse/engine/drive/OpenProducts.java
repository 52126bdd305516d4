package org.obverse.engine.drive;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.Closing;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * The products that units read, each opened once for all readers of a process, on the thread of the first one, and closed when
 * nobody reads it and nobody will.
 */
public final class OpenProducts implements AutoCloseable {
    private final RunGraph graph;
    private final ProductStore store;
    private final Map<String, Opened> opened = new HashMap<>();
    private final BitSet forgotten;

    /**
     * @param graph of the units that read and are read
     */
    public OpenProducts(RunGraph graph, ProductStore store) {
        this.graph = graph;
        this.store = store;
        this.forgotten = new BitSet(graph.size());
    }

    /**
     * The inputs of a unit, open until the lifetime ends.
     *
     * @param digests of its inputs, in the unit's order
     */
    public synchronized Inputs inputs(Unit<?> unit, List<String> digests, Lifetime lifetime) {
        IdentityHashMap<Unit<?>, Object> products = new IdentityHashMap<>();
        for (int i = 0; i < digests.size(); i++) {
            Unit<?> input = unit.inputs().get(i).unit();
            Opened product = open(input, digests.get(i));
            product.readers++;
            lifetime.own(() -> release(product));
            products.put(input, product.product);
        }
        return new Products(unit.name(), products);
    }

    private Opened open(Unit<?> unit, String digest) {
        Opened known = opened.get(digest);
        if (known != null) {
            return known;
        }
        Opened fresh = new Opened(graph.index(unit.name()));
        try {
            fresh.product = decode(unit, digest, fresh);
        } catch (RuntimeException | Error e) {
            fresh.close();
            throw e;
        }
        opened.put(digest, fresh);
        return fresh;
    }

    private <P> P decode(Unit<P> unit, String digest, Opened lifetime) {
        List<String> inputs = store.provenance(digest).map(Provenance::inputs).orElseGet(List::of);
        return unit.codec().decode(store.artifact(digest), inputs(unit, inputs, lifetime), lifetime);
    }

    private synchronized void release(Opened product) {
        product.readers--;
        closeUnread();
    }

    /** As {@link Place#forget}. */
    public synchronized void forget(UnitName unit) {
        forgotten.set(graph.index(unit));
        closeUnread();
    }

    /** What a closed product read may be unread after that. */
    private void closeUnread() {
        boolean closed = true;
        while (closed) {
            List<Opened> unread = opened.values().stream()
                    .filter(product -> product.readers == 0 && forgotten.get(product.unit))
                    .toList();
            closed = opened.values().removeAll(unread);
            unread.forEach(Opened::close);
        }
    }

    @Override
    public synchronized void close() {
        List<Opened> left = List.copyOf(opened.values());
        opened.clear();
        left.forEach(Opened::close);
    }

    /** An opened product, and what it keeps open. */
    private static final class Opened implements Lifetime, AutoCloseable {
        private final int unit;
        private final Deque<AutoCloseable> owned = new ArrayDeque<>();
        private Object product = this;
        private int readers;

        Opened(int unit) {
            this.unit = unit;
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            owned.push(resource);
            return resource;
        }

        @Override
        public void close() {
            Closing.all(owned);
        }
    }

    private record Products(UnitName reader, IdentityHashMap<Unit<?>, Object> products) implements Inputs {
        @SuppressWarnings("unchecked")
        @Override
        public <P> P get(Input<P> input) {
            Object product = products.get(input.unit());
            if (product == null) {
                throw new IllegalArgumentException(
                        reader + " reads the product of " + input.name() + " and did not declare it");
            }
            return (P) product;
        }
    }
}
