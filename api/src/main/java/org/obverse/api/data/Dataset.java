package org.obverse.api.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Labelled private images and unlabelled public ones. */
public interface Dataset {
    /** The number of private classes; labels are 0, …, classes − 1. */
    int classes();

    /**
     * What the classes are called, for people and plans: one distinct name per class, in the order of labels. Names that come from
     * files are in Unicode's form NFC.
     */
    List<String> classNames();

    /** The shape of one image, such as {@code [3, 32, 32]}. */
    Shape shape();

    /** The parts that exist. */
    Set<Part> parts();

    /**
     * @throws IllegalArgumentException if the part does not exist
     */
    Images images(Part part);

    /** The names 0, 1, …, for classes that have no others. */
    static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }
}
