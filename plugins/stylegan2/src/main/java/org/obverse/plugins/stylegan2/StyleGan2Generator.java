package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Staged;
import org.obverse.api.generator.Truncation;

/** A generator of frozen weights. */
record StyleGan2Generator(
        Dimensions dimensions, Mapping.Effective mapping, NDArray average, Synthesis.Effective synthesis, NoiseSource noise)
        implements Staged {
    @Override
    public int latentSize() {
        return dimensions.latent();
    }

    @Override
    public Shape image() {
        return new Shape(3, dimensions.side(), dimensions.side());
    }

    @Override
    public Shape searchSpace() {
        return new Shape(rows(), styleSize());
    }

    @Override
    public int rows() {
        return dimensions.rows();
    }

    @Override
    public int styleSize() {
        return dimensions.style();
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        return rows(mapping.apply(z), truncation);
    }

    /** One row of w for all, {@code [N, style]}, spread and truncated: {@code [N, rows, style]}. */
    NDArray rows(NDArray w, Truncation truncation) {
        NDArray same = w.expandDims(1);
        int cut = truncation.psi() == 1 ? 0 : Math.min(truncation.cutoff(), rows());
        NDArray free = same.repeat(1, rows() - cut);
        if (cut == 0) {
            return free;
        }
        NDArray truncated = average.add(same.sub(average).mul(truncation.psi())).repeat(1, cut);
        return cut == rows() ? truncated : truncated.concat(free, 1);
    }

    @Override
    public NDArray generate(NDArray points) {
        return synthesis.apply(points, noise);
    }

    @Override
    public int blocks() {
        return synthesis.blocks().size();
    }

    @Override
    public NDList run(int block, NDList features, NDArray points) {
        return synthesis.run(block, features, points, noise);
    }
}
