package org.obverse.plugins.ifgmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Staged;
import org.obverse.api.generator.Truncation;
import org.obverse.testkit.Workbench;

/**
 * The smallest generator of three blocks: each has one row of w and adds a linear function of it to what enters, and the features
 * are the image.
 */
record Sums(NDArray weights, int side) implements Staged {
    private static final int BLOCKS = 3;
    private static final int STYLE = 6;

    static Sums at(Workbench bench, int side) {
        float[] values = bench.stream(21).gaussians(BLOCKS * STYLE * 3 * side * side);
        return new Sums(
                bench.manager()
                        .create(values, new Shape(BLOCKS, STYLE, 3L * side * side))
                        .mul(0.1),
                side);
    }

    @Override
    public int rows() {
        return BLOCKS;
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
        return new Shape(BLOCKS, STYLE);
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        return z.expandDims(1).repeat(1, BLOCKS);
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray all = points.getShape().get(1) == 1 ? points.repeat(1, BLOCKS) : points;
        NDList made = new NDList();
        for (int block = 0; block < BLOCKS; block++) {
            made = run(block, made, all);
        }
        return made.get(1);
    }

    @Override
    public int blocks() {
        return BLOCKS;
    }

    @Override
    public NDList run(int block, NDList features, NDArray points) {
        NDArray added = points.get(new NDIndex(":,{}", block)).matMul(weights.get(block));
        NDArray sum = block == 0 ? added : features.get(0).add(added);
        return new NDList(sum, sum.reshape(-1, 3, side, side));
    }
}
