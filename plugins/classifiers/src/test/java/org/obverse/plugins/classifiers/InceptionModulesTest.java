package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;
import org.obverse.testkit.Workbench;

class InceptionModulesTest {
    private static final Workbench BENCH = Workbench.of(InceptionModulesTest.class);

    /** Fresh running statistics divide by this. */
    private static final double NORM = Math.sqrt(1 + 1e-5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_first_quarter_sees_the_pixel_and_the_last_the_mean_around_it() {
        Parameters parameters = BENCH.parameters(1);
        Layer module = new InceptionModules(NormalizedConvolutions.torch(Namespace.root(parameters, BENCH.operators())))
                .module("m", 4, 4);
        only(parameters, "m.branch1.conv.weight", 1);
        only(parameters, "m.branch4.conv.weight", 2);
        NDArray x = BENCH.manager()
                .create(BENCH.stream(2).gaussians(4 * 5 * 5), new Shape(1, 4, 5, 5))
                .square();
        NDArray y = module.apply(x, Pass.evaluation(BENCH.stream(3)));
        assertEquals(new Shape(1, 4, 5, 5), y.getShape());
        assertEquals(x.getFloat(0, 1, 2, 3) / NORM, y.getFloat(0, 0, 2, 3), 1e-5);
        double sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += x.getFloat(0, 2, 1 + i / 3, 2 + i % 3);
        }
        assertEquals(sum / 9 / NORM, y.getFloat(0, 3, 2, 3), 1e-5);
    }

    @Test
    void negative_values_do_not_pass() {
        Parameters parameters = BENCH.parameters(1);
        Layer layer = NormalizedConvolutions.torch(Namespace.root(parameters, BENCH.operators()))
                .layer("c", 1, 1, Window.centered(1));
        only(parameters, "c.conv.weight", 0);
        NDArray x = BENCH.manager().create(new float[] {-2, 3}, new Shape(1, 1, 1, 2));
        NDArray y = layer.apply(x, Pass.evaluation(BENCH.stream(3)));
        assertEquals(0, y.getFloat(0, 0, 0, 0));
        assertEquals(3 / NORM, y.getFloat(0, 0, 0, 1), 1e-5);
    }

    /** Makes a 1x1 convolution with one output pass one input on. */
    private static void only(Parameters parameters, String weight, int input) {
        NDArray tensor = Objects.requireNonNull(parameters.all().get(weight), weight);
        float[] values = new float[Math.toIntExact(tensor.size())];
        values[input] = 1;
        tensor.set(values);
    }
}
