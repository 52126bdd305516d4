package org.obverse.api.data;

import ai.djl.ndarray.types.Shape;
import java.util.Set;

/** Labelled private images and unlabelled public ones. */
public interface Dataset {
    /** The number of private classes; labels are 0, …, classes − 1. */
    int classes();

    /** The shape of one image, such as {@code [3, 32, 32]}. */
    Shape shape();

    /** The parts that exist. */
    Set<Part> parts();

    /**
     * @throws IllegalArgumentException if the part does not exist
     */
    Images images(Part part);
}
