package org.obverse.engine.graph;

import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;

/** How the product of one kind of unit becomes an artifact, and a product again. */
public interface Codec<P> {
    /** What the artifact of a product is to hold; equal products give equal bytes. */
    Content encode(P product);

    /** The figures of a product that are told with it. */
    Summary summary(P product);

    /**
     * Opens a product for those who read it, several at once.
     *
     * @param inputs of the unit that made it
     * @param lifetime of the opened product
     */
    P decode(Artifact artifact, Inputs inputs, Lifetime lifetime);
}
