package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/**
 * The smallest generator with style vectors: w is z itself, the average is 0, and an image is a linear function of the
 * rows of w. Its critic finds images real whose pixels are large.
 */
record LinearGenerator(NDArray weights, int side, int groupSize) implements Mapped, Criticized {
    private static final int ROWS = 3;
    private static final int STYLE = 6;

    static LinearGenerator at(Workbench bench, int side, int groupSize) {
        RandomStream random = bench.stream(21);
        float[] values = random.gaussians(ROWS * STYLE * 3 * side * side);
        return new LinearGenerator(
                bench.manager().create(values, new Shape(ROWS, STYLE, 3L * side * side)), side, groupSize);
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int styleSize() {
        return STYLE;
    }

    @Override
    public int latentSize() {
        return STYLE;
    }

    @Override
    public Shape image() {
        return new Shape(3, side, side);
    }

    @Override
    public Shape searchSpace() {
        return new Shape(ROWS, STYLE);
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        NDArray row = z.expandDims(1);
        NDList rows = new NDList();
        for (int i = 0; i < ROWS; i++) {
            rows.add(i < truncation.cutoff() ? row.mul(truncation.psi()) : row);
        }
        return NDArrays.concat(rows, 1);
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray all = points.getShape().get(1) == 1 ? points.repeat(1, ROWS) : points;
        NDArray pixels = all.transpose(1, 0, 2).batchMatMul(weights).sum(new int[] {0});
        return pixels.mul(0.2).reshape(-1, 3, side, side);
    }

    @Override
    public NDArray realness(NDArray images) {
        return images.sum(new int[] {1, 2, 3}).mul(0.1);
    }
}
