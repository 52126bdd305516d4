package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.tensor.Operators;

/** An image is one row of pixels, the first style; before its nonlinearity that is z, times what truncation leaves. */
public record StyledRow(int styleSize, Operators operators) implements Mapped {
    @Override
    public int rows() {
        return 3;
    }

    @Override
    public int latentSize() {
        return styleSize;
    }

    @Override
    public Shape image() {
        return new Shape(1, 1, styleSize);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(3, styleSize);
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        NDArray p = z.mul(truncation.cutoff() > 0 ? truncation.psi() : 1);
        return operators.leakyRelu(p, 0.2, Math.sqrt(2)).expandDims(1).repeat(1, 3);
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.get(":,0").reshape(-1, 1, 1, styleSize);
    }
}
