package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;
import org.obverse.api.tensor.Box;

/** A generator that can leave out what lies outside a part of its images. */
public interface Windowed extends Generator {
    /**
     * The pixels of {@link #generate(NDArray)} within a rectangle: the same values and gradients, up to the rounding of
     * float32, for the price of the rectangle and the margins that its convolutions read.
     *
     * @param points as {@link #generate(NDArray)} takes them
     * @param window within the image
     * @return {@code [N, 3, window height, window width]}, part of the graph if the thread is recording
     * @throws IllegalArgumentException if the window does not lie within the image
     */
    NDArray generate(NDArray points, Box window);
}
