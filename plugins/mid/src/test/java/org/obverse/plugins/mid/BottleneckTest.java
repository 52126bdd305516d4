package org.obverse.plugins.mid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Head;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

/** The head alone, with float64 tensors, so that its gradients can be compared with finite differences. */
@SuppressWarnings("try")
class BottleneckTest {
    private static final Workbench BENCH = Workbench.of(BottleneckTest.class);
    private static final int FEATURES = 6;
    private static final int SIZE = 4;
    private static final int CLASSES = 3;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void its_logits_are_the_formula() {
        Map<String, NDArray> tensors = tensors();
        Head head = head(InferenceNoise.SAMPLE, new Given(tensors));
        NDArray features = features(2);

        double[] logits =
                head.classify(features, Pass.training(BENCH.stream(3))).logits().toDoubleArray();
        float[] noise = BENCH.stream(3).child("bottleneck").gaussians(2 * SIZE);
        for (int sample = 0; sample < 2; sample++) {
            double[] x = features.get(sample).toDoubleArray();
            double[] muAndS = linear(tensors, "bottleneck.statistics", x);
            double[] z = new double[SIZE];
            for (int d = 0; d < SIZE; d++) {
                double sigma = Math.log1p(Math.exp(muAndS[SIZE + d] - 5));
                z[d] = muAndS[d] + sigma * noise[SIZE * sample + d];
            }
            double[] expected = linear(tensors, "bottleneck.logits", z);
            assertArrayEquals(expected, Arrays.copyOfRange(logits, CLASSES * sample, CLASSES * (sample + 1)), 1e-12);
        }
    }

    @Test
    void what_a_sample_draws_does_not_depend_on_how_many_follow_it() {
        Head head = head(InferenceNoise.SAMPLE, new Given(tensors()));

        double[] one = logits(head, features(7).get(":1"), Pass.evaluation(BENCH.stream(3)));
        double[] seven = logits(head, features(7), Pass.evaluation(BENCH.stream(3)));
        assertArrayEquals(one, Arrays.copyOf(seven, CLASSES), 1e-12);
    }

    @Test
    void the_mean_has_no_noise_in_evaluation_but_in_training() {
        Head sampled = head(InferenceNoise.SAMPLE, new Given(tensors()));
        Head mean = head(InferenceNoise.MEAN, new Given(tensors()));

        assertFalse(Arrays.equals(evaluated(sampled, 3), evaluated(sampled, 4)));
        assertArrayEquals(evaluated(sampled, 3), evaluated(sampled, 3));
        assertArrayEquals(evaluated(mean, 3), evaluated(mean, 4));
        Pass training = Pass.training(BENCH.stream(3));
        assertArrayEquals(evaluated(sampled, 3), logits(mean, features(2), training));
    }

    @Test
    void its_taps_are_mu_and_sigma() {
        Head head = head(InferenceNoise.MEAN, new Given(tensors()));

        assertEquals(List.of(new Tap("mu", new Shape(SIZE)), new Tap("sigma", new Shape(SIZE))), head.taps());
        Map<String, NDArray> taps =
                head.classify(features(2), Pass.evaluation(BENCH.stream(3))).taps();
        assertEquals(Set.of("mu", "sigma"), taps.keySet());
        taps.values().forEach(tap -> assertEquals(new Shape(2, SIZE), tap.getShape()));
    }

    /** Through noise, σ and both layers, to the features. */
    @Test
    void its_gradient_is_that_of_finite_differences() {
        Head head = head(InferenceNoise.SAMPLE, new Given(tensors()));
        NDArray features = features(3);
        double[] gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray leaf = BENCH.gradients().variable(features);
            gradient = BENCH.gradients()
                    .of(objective(head, leaf), new NDList(leaf))
                    .head()
                    .toDoubleArray();
        }
        double step = 1e-5;
        for (int i = 0; i < gradient.length; i++) {
            double[] unit = new double[gradient.length];
            unit[i] = step;
            NDArray move = BENCH.manager().create(unit, features.getShape());
            double above = objective(head, features.add(move)).getDouble();
            double below = objective(head, features.sub(move)).getDouble();
            assertEquals((above - below) / (2 * step), gradient[i], 1e-7);
        }
    }

    /** Cross-entropy with class 0, and the divergence. */
    private static NDArray objective(Head head, NDArray features) {
        var activations = head.classify(features, Pass.training(BENCH.stream(3)));
        NDArray divergence = new BottleneckDivergence(1).loss(features, activations, features, features);
        NDArray crossEntropy = activations.logits().logSoftmax(1).get(":, 0").neg();
        return crossEntropy.add(divergence.mul(0.01)).mean();
    }

    private static double[] evaluated(Head head, long noise) {
        return logits(head, features(2), Pass.evaluation(BENCH.stream(noise)));
    }

    private static double[] logits(Head head, NDArray features, Pass pass) {
        return head.classify(features, pass).logits().toDoubleArray();
    }

    private static Head head(InferenceNoise inference, ParameterSource source) {
        return Bottleneck.of(SIZE, inference, BENCH.operators()).build(FEATURES, CLASSES, BENCH.parameters(source));
    }

    private static double[] linear(Map<String, NDArray> tensors, String layer, double[] x) {
        NDArray weight = tensors.getOrDefault(layer + ".weight", BENCH.manager().create(0.0));
        NDArray bias = tensors.getOrDefault(layer + ".bias", BENCH.manager().create(0.0));
        double[] y = bias.toDoubleArray();
        double[] w = weight.toDoubleArray();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += w[x.length * i + j] * x[j];
            }
        }
        return y;
    }

    private static NDArray features(int samples) {
        return gaussians(1, 1, new Shape(7, FEATURES)).get(":" + samples);
    }

    /** The rows of s are centred on 5, where σ is of the order of 1. */
    private static Map<String, NDArray> tensors() {
        double[] bias = new double[2 * SIZE];
        Arrays.fill(bias, SIZE, 2 * SIZE, 5);
        return Map.of(
                "bottleneck.statistics.weight", gaussians(2, 0.5, new Shape(2 * SIZE, FEATURES)),
                "bottleneck.statistics.bias", BENCH.manager().create(bias),
                "bottleneck.logits.weight", gaussians(4, 0.5, new Shape(CLASSES, SIZE)),
                "bottleneck.logits.bias", gaussians(5, 0.5, new Shape(CLASSES)));
    }

    private static NDArray gaussians(long seed, double scale, Shape shape) {
        float[] draws = BENCH.stream(seed).gaussians(Math.toIntExact(shape.size()));
        double[] values = new double[draws.length];
        for (int i = 0; i < draws.length; i++) {
            values[i] = scale * draws[i];
        }
        return BENCH.manager().create(values, shape);
    }

    /** Tensors of the names and shapes that the head is documented to ask for, and no others. */
    private record Given(Map<String, NDArray> tensors) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            NDArray tensor = tensors.get(name);
            if (tensor == null || !tensor.getShape().equals(shape)) {
                throw new AssertionError("the head asks for " + name + " " + shape);
            }
            return tensor.duplicate();
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }
}
