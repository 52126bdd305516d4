package org.obverse.api.data;

/** The configuration of a data set of which evaluation models see only a part: the pool, on which they train, and the test images. */
public interface Pooled {
    /**
     * A configuration of the same component whose {@link Part#POOL} and {@link Part#TEST} hold the same images and labels, byte for byte,
     * with one value for every key that they do not depend on. Evaluation models learn from its data set, so that another value of such a
     * key trains none of them anew. The engine asks when it reads a plan; the configuration has passed its check, and this one must.
     */
    Record pooled();
}
