package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.network.Pass;

/** Layers side by side over one input. */
public final class Branches {
    private Branches() {}

    /** The outputs of all branches, one after the other along the channels. */
    public static Layer of(List<Layer> branches) {
        List<Layer> all = List.copyOf(branches);
        return (x, pass) -> concatenated(all, x, pass);
    }

    /** As {@link #of(List)}. */
    public static Layer of(Layer... branches) {
        return of(List.of(branches));
    }

    private static NDArray concatenated(List<Layer> branches, NDArray x, Pass pass) {
        NDList outputs = new NDList(branches.size());
        for (Layer branch : branches) {
            outputs.add(branch.apply(x, pass));
        }
        return NDArrays.concat(outputs, 1);
    }
}
