package org.obverse.api.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** A fixed, ordered collection of images. A sample never changes, in whichever order and batch it is read. */
public interface Images {
    int size();

    /** The shape of one image, such as {@code [3, 32, 32]}. */
    Shape shape();

    /** The class of a sample; −1 for public images, which have none. */
    int label(int index);

    /**
     * Reads samples into a new array, which is the caller's own: what is written into it must not be seen by who reads the same
     * samples next. The engine does not watch this; a data set that keeps arrays copies them.
     *
     * @param indices in 0, …, size − 1, in any order, also repeated
     * @return float32 {@code [indices.length, ...shape]} in [-1, 1], attached to the manager
     */
    NDArray read(NDManager manager, int... indices);
}
