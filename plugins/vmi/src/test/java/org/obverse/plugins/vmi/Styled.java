package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;

/** A generator whose w is 2 z + 1 in each of three rows, and whose image is its rows. */
record Styled() implements Mapped {
    static final int ROWS = 3;
    static final int SIZE = 4;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int styleSize() {
        return SIZE;
    }

    @Override
    public int latentSize() {
        return SIZE;
    }

    @Override
    public Shape image() {
        return new Shape(1, ROWS, SIZE);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(ROWS, SIZE);
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        return z.mul(2).add(1).expandDims(1).repeat(1, ROWS);
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray all = points.getShape().get(1) == 1 ? points.repeat(1, ROWS) : points;
        return all.expandDims(1);
    }
}
