package org.obverse.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;

/** Derivatives to the input and to every weight against central differences in float64. */
class GradientsTest {
    private static final double STEP = 1e-6;

    @Test
    void every_layer_passes_gradients_in_training() {
        try (Bench bench = new Bench(7)) {
            check(bench, bench.training("step"));
        }
    }

    @Test
    void every_layer_passes_gradients_in_evaluation() {
        try (Bench bench = new Bench(8)) {
            check(bench, bench.evaluation());
        }
    }

    @Test
    void the_layers_of_published_networks_pass_gradients() {
        try (Bench bench = new Bench(9)) {
            Namespace root = bench.root();
            Layer network = Convolution.grouped(root.in("conv1"), 2, 4, Window.centered(3), 2, Kaiming.normalFanOut())
                    .then(Rectifier.parametric(root.in("slope"), 4))
                    .then(Branches.of(
                            Convolution.centered(root.in("conv2"), 4, 2, new Shape(1, 3), Kaiming.normalFanIn()),
                            Pooling.averageInside(Window.centered(3))))
                    .then(Pooling.adaptive(4))
                    .then(Pooling.none())
                    .then(Linear.plain(root.in("fc"), 96, 3))
                    .then(BatchNormalization.withFixedShift(root.in("bn"), 3));
            check(bench, network, bench.training("step"));
        }
    }

    @Test
    void normalisation_by_groups_passes_gradients() {
        try (Bench bench = new Bench(10)) {
            Namespace root = bench.root();
            Layer network = Convolution.biased(root.in("conv"), 2, 4, Window.centered(3))
                    .then(GroupNormalization.of(root.in("gn"), 2, 4))
                    .then((x, pass) -> x.square())
                    .then(Pooling.global())
                    .then(Linear.of(root.in("fc"), 4, 3));
            check(bench, network, bench.training("step"));
        }
    }

    private static void check(Bench bench, Pass pass) {
        Namespace root = bench.root();
        Layer network = Convolution.biased(root.in("conv1"), 2, 3, Window.centered(3))
                .then(BatchNormalization.of(root.in("bn1"), 3))
                .then(Pooling.max(Window.centered(3).every(2)))
                .then(Convolution.plain(root.in("conv2"), 3, 4, Window.centered(1), Kaiming.normalFanOut()))
                .then(ChannelAffine.of(root.in("affine"), 4))
                .then(Pooling.average(Window.centered(3)))
                .then(Pooling.global())
                .then(Dropout.of("drop", 0.3))
                .then(Linear.of(root.in("fc"), 4, 3));
        check(bench, network, pass);
    }

    private static void check(Bench bench, Layer network, Pass pass) {
        NDArray x = Bench.gradients().variable(bench.gaussians("x", 3, 2, 6, 6));
        NDArray coefficients = bench.gaussians("coefficients", 3, 3);
        bench.parameters.requireGradients(Requirement.TRAINABLE);

        NDList wrt = bench.parameters.trainableList();
        wrt.add(x);
        NDList gradients;
        try (Gradients.Recording recording = Bench.gradients().recording()) {
            NDArray value = network.apply(x, pass).mul(coefficients).sum();
            gradients = Bench.gradients().of(value, wrt);
        }
        bench.parameters.requireGradients(Requirement.NONE);
        x.setRequiresGradient(false);
        for (int v = 0; v < wrt.size(); v++) {
            NDArray variable = wrt.get(v);
            double scale = Math.max(1e-3, gradients.get(v).abs().max().getDouble());
            for (int element = 0; element < variable.size(); element++) {
                double above = moved(network, x, pass, coefficients, variable, element, STEP);
                double below = moved(network, x, pass, coefficients, variable, element, -STEP);
                assertEquals(
                        (above - below) / (2 * STEP),
                        gradients.get(v).flatten().getDouble(element),
                        1e-6 * scale,
                        "variable " + v + ", element " + element);
            }
        }
    }

    private static double moved(
            Layer network, NDArray x, Pass pass, NDArray coefficients, NDArray variable, int element, double by) {
        double[] values = variable.toDoubleArray();
        double[] changed = values.clone();
        changed[element] += by;
        variable.set(changed);
        double value = network.apply(x, pass).mul(coefficients).sum().getDouble();
        variable.set(values);
        return value;
    }
}
