package org.obverse.plugins.gmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.generator.Criticized;

/** A generator that remembers the largest coordinate of the points in each call. */
record Observed(Criticized generator, List<Float> largest) implements Criticized {
    Observed(Criticized generator) {
        this(generator, new ArrayList<>());
    }

    @Override
    public int latentSize() {
        return generator.latentSize();
    }

    @Override
    public Shape image() {
        return generator.image();
    }

    @Override
    public Shape searchSpace() {
        return generator.searchSpace();
    }

    @Override
    public NDArray locate(NDArray z) {
        return generator.locate(z);
    }

    @Override
    public NDArray generate(NDArray points) {
        largest.add(points.abs().max().getFloat());
        return generator.generate(points);
    }

    @Override
    public NDArray realness(NDArray images) {
        return generator.realness(images);
    }

    @Override
    public int groupSize() {
        return generator.groupSize();
    }
}
