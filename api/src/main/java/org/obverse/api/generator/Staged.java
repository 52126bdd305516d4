package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A generator that can be run block by block, so that feature maps between blocks can be searched (IF-GMI). */
public interface Staged extends Mapped {
    int blocks();

    /**
     * Runs one block.
     *
     * @param block in 0, …, blocks − 1
     * @param features what the block before returned; empty for block 0
     * @param points {@code [N, rows, styleSize]}
     * @return features, then the image so far; the last block's image is {@link #generate}'s
     */
    NDList run(int block, NDList features, NDArray points);
}
