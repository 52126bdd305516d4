package org.obverse.gans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class MinibatchDiscriminationTest {
    private static final Workbench BENCH = Workbench.of(MinibatchDiscriminationTest.class);
    private static final int FEATURES = 5;
    private static final int KERNELS = 4;
    private static final int DIMENSIONS = 3;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void it_is_the_published_sum_over_all_pairs() {
        Parameters parameters = Float64.parameters(BENCH, 1);
        NDArray f = Float64.gaussians(BENCH, 2, 6, FEATURES).mul(0.3);

        NDArray o = layer(parameters).apply(f, Pass.evaluation(BENCH.stream(3)));

        double[] weight = parameters.trainableList().head().toDoubleArray();
        double[][] projected = projected(f.toDoubleArray(), weight);
        for (int i = 0; i < 6; i++) {
            for (int b = 0; b < KERNELS; b++) {
                double sum = 0;
                for (int j = 0; j < 6; j++) {
                    double distance = 0;
                    for (int c = 0; c < DIMENSIONS; c++) {
                        int at = b * DIMENSIONS + c;
                        distance += Math.abs(projected[i][at] - projected[j][at]);
                    }
                    sum += Math.exp(-distance);
                }
                assertEquals(sum - 1, o.getDouble(i, b), 1e-12);
            }
        }
    }

    @Test
    void a_sample_alone_is_close_to_none() {
        NDArray o = layer(Float64.parameters(BENCH, 1))
                .apply(Float64.gaussians(BENCH, 2, 1, FEATURES), Pass.evaluation(BENCH.stream(3)));

        assertEquals(0, o.abs().max().getDouble(), 1e-15);
    }

    @Test
    void equal_samples_count_all_the_others() {
        NDArray o = layer(Float64.parameters(BENCH, 1))
                .apply(Float64.gaussians(BENCH, 2, 1, FEATURES).repeat(0, 5), Pass.evaluation(BENCH.stream(3)));

        assertEquals(4, o.min().getDouble(), 1e-12);
        assertEquals(4, o.max().getDouble(), 1e-12);
    }

    private static Layer layer(Parameters parameters) {
        return MinibatchDiscrimination.of(Namespace.root(parameters, BENCH.operators()), FEATURES, KERNELS, DIMENSIONS);
    }

    private static double[][] projected(double[] f, double[] weight) {
        int width = KERNELS * DIMENSIONS;
        double[][] projected = new double[f.length / FEATURES][width];
        for (int i = 0; i < projected.length; i++) {
            for (int k = 0; k < FEATURES; k++) {
                for (int at = 0; at < width; at++) {
                    projected[i][at] += f[i * FEATURES + k] * weight[k * width + at];
                }
            }
        }
        return projected;
    }
}
