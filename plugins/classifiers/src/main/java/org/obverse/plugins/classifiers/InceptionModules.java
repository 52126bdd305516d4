package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.List;
import org.obverse.api.network.Pass;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/** The parts of an inception network; every convolution is followed by batch normalisation and a ReLU. */
record InceptionModules(Namespace root) {
    /** Takes {@code conv.weight} and the tensors of {@code bn} under the name. */
    Layer convolution(String name, int inputs, int outputs, Window window) {
        Namespace at = root.in(name);
        return Convolution.plain(at.in("conv"), inputs, outputs, window, Kaiming.uniform())
                .then(BatchNormalization.of(at.in("bn"), outputs))
                .then((x, pass) -> Activation.relu(x));
    }

    /**
     * Four branches whose outputs lie one after the other, a quarter of the channels each: 1x1; 1x1 and 3x3; 1x1 and
     * two 3x3; a mean over 3x3 and 1x1 (Szegedy et al. 2016, "Rethinking the Inception Architecture", Fig. 5).
     */
    Layer module(String name, int inputs, int outputs) {
        int quarter = outputs / 4;
        Window point = Window.centered(1);
        Window same = Window.centered(3);
        List<Layer> branches = List.of(
                convolution(name + ".branch1", inputs, quarter, point),
                convolution(name + ".branch2.0", inputs, quarter, point)
                        .then(convolution(name + ".branch2.1", quarter, quarter, same)),
                convolution(name + ".branch3.0", inputs, quarter, point)
                        .then(convolution(name + ".branch3.1", quarter, quarter, same))
                        .then(convolution(name + ".branch3.2", quarter, quarter, same)),
                Pooling.average(same).then(convolution(name + ".branch4", inputs, quarter, point)));
        return (x, pass) -> concatenated(branches, x, pass);
    }

    private static NDArray concatenated(List<Layer> branches, NDArray x, Pass pass) {
        NDList outputs = new NDList(branches.size());
        for (Layer branch : branches) {
            outputs.add(branch.apply(x, pass));
        }
        return NDArrays.concat(outputs, 1);
    }
}
