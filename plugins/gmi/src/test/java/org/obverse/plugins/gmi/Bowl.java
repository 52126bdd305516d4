package org.obverse.plugins.gmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Criticized;

/** Images that are z itself, {@code [1, 1, length]}, and a critic {@code D(x) = -½ ‖x - c‖²}. */
record Bowl(NDArray centre) implements Criticized {
    @Override
    public int latentSize() {
        return Math.toIntExact(centre.size());
    }

    @Override
    public Shape image() {
        return new Shape(1, 1, centre.size());
    }

    @Override
    public Shape searchSpace() {
        return new Shape(centre.size());
    }

    @Override
    public NDArray locate(NDArray z) {
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.reshape(-1, 1, 1, centre.size());
    }

    @Override
    public NDArray realness(NDArray images) {
        return images.reshape(-1, centre.size())
                .sub(centre)
                .square()
                .sum(new int[] {1})
                .mul(-0.5);
    }

    @Override
    public int groupSize() {
        return 1;
    }
}
