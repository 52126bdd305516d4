package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.random.RandomStream;

/**
 * What an attack searches for, for N candidates: points of a latent space (PPA), distributions (KED-MI), policies
 * (RLB-MI), finished images. Whoever comes later only draws images from it.
 */
public interface Representation {
    /** The number of candidates. */
    int size();

    /**
     * Images of all candidates.
     *
     * @param draws per candidate; points give the same image each time
     * @param random one stream per candidate, see {@link Candidates#stream}: which others are drawn along changes nothing
     * @return {@code [size * draws, ...image]}, the draws of one candidate behind one another; part of the graph if the
     *     thread is recording
     */
    NDArray draw(int draws, List<RandomStream> random);

    /** Some of the candidates, in the given order. */
    Representation rows(int... rows);

    /**
     * Named arrays with a leading axis of length {@link #size}: all that an artifact stores. They are not to be changed:
     * they may lie over the memory of the representation itself.
     */
    NDList variables();

    /**
     * The name under which the engine opens {@link #variables} again: {@link LatentPoints#FORM}, {@link
     * FixedImages#FORM}, or the name of a stage's component that is an {@link Opener}.
     */
    String form();

    /** A stage component that makes representations of its own. */
    interface Opener {
        Representation open(NDList variables, org.obverse.api.generator.Generator generator);
    }
}
