package org.obverse.plugins.brep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.testkit.small.RowGenerator;

/** {@link RowGenerator} with a space of styles behind z, in which everything is ten times as large. */
record StyledPlane() implements Mapped {
    @Override
    public int latentSize() {
        return 2;
    }

    @Override
    public int rows() {
        return 3;
    }

    @Override
    public int styleSize() {
        return 2;
    }

    @Override
    public Shape image() {
        return new Shape(1, 1, 2);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(3, 2);
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        return z.mul(10).expandDims(1).repeat(1, 3);
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.get(":,0").div(10).reshape(-1, 1, 1, 2);
    }
}
