package org.obverse.engine.graph;

/** Something that ends, and closes what it was given to own, the latest first. */
public interface Lifetime {
    /** The resource itself, which is closed when this ends. */
    <T extends AutoCloseable> T own(T resource);
}
