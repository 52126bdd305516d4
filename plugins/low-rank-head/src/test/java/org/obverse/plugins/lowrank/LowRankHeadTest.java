package org.obverse.plugins.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Head;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Gradients;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

@SuppressWarnings("try")
class LowRankHeadTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);
    private static final int FEATURES = 7;
    private static final int CLASSES = 5;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** {@code W = U (Uᵀ W)} with U the eigenvectors of {@code W Wᵀ}, the left singular vectors of W. */
    @Test
    void at_full_rank_its_factors_reproduce_the_logits_of_a_full_head() {
        NDArray full = gaussians(1, CLASSES, FEATURES);
        NDArray bias = gaussians(2, CLASSES);
        NDArray features = gaussians(3, 6, FEATURES);
        NDArray u = BENCH.operators().eigh(full.matMul(full.transpose())).get(1);
        Head head = head(new LowRankHead(CLASSES, Squashing.NONE), u.transpose().matMul(full), u, bias);

        assertArrayEquals(
                features.matMul(full.transpose()).add(bias).toFloatArray(),
                logits(head, features).toFloatArray(),
                1e-5f);
    }

    @Test
    void at_rank_1_all_samples_have_logits_on_a_line() {
        Head head = head(
                new LowRankHead(1, Squashing.NONE),
                gaussians(4, 1, FEATURES),
                gaussians(5, CLASSES, 1),
                BENCH.manager().zeros(new Shape(CLASSES)));
        NDArray logits = logits(head, gaussians(6, 3, FEATURES));
        float[] first = logits.get(0).toFloatArray();
        float[] second = logits.get(1).toFloatArray();

        for (int c = 1; c < CLASSES; c++) {
            assertEquals(first[0] * second[c], first[c] * second[0], 1e-5);
        }
    }

    @Test
    void with_a_tanh_logits_are_those_of_the_equation() {
        NDArray v = gaussians(7, 2, FEATURES);
        NDArray u = gaussians(8, CLASSES, 2);
        NDArray bias = gaussians(9, CLASSES);
        NDArray features = gaussians(10, 3, FEATURES);
        float[] logits = logits(head(new LowRankHead(2, Squashing.TANH), v, u, bias), features)
                .toFloatArray();

        for (int n = 0; n < 3; n++) {
            for (int c = 0; c < CLASSES; c++) {
                double expected = bias.getFloat(c);
                for (int r = 0; r < 2; r++) {
                    double few = 0;
                    for (int d = 0; d < FEATURES; d++) {
                        few += v.getFloat(r, d) * features.getFloat(n, d);
                    }
                    expected += u.getFloat(c, r) * Math.tanh(few);
                }
                assertEquals(expected, logits[n * CLASSES + c], 1e-5);
            }
        }
    }

    @Test
    void the_gradient_of_a_logit_is_at_most_the_product_of_both_norms_and_vanishes_far_out() {
        NDArray v = gaussians(11, 2, FEATURES);
        NDArray u = gaussians(12, CLASSES, 2);
        Head head = head(new LowRankHead(2, Squashing.TANH), v, u, gaussians(13, CLASSES));
        double bound = norm(v) * norm(u);

        for (int c = 0; c < CLASSES; c++) {
            assertTrue(norm(gradient(head, gaussians(14, 1, FEATURES), c)) <= bound);
            assertEquals(0, norm(gradient(head, gaussians(14, 1, FEATURES).mul(1000), c)), 1e-6);
        }
    }

    @Test
    void a_network_is_trained_and_opened_again_with_it() {
        FactorsTransform transform = new FactorsTransform(new LowRankHead(2, Squashing.TANH), BENCH.operators());
        Classifier trained = TRAINING.train(small(), List.of(transform));
        Classifier opened = transform
                .transform(small())
                .build(
                        SmallTraining.INPUT,
                        SmallTraining.CLASSES,
                        BENCH.parameters(new Given(trained.parameters().all())));
        Set<String> names = trained.parameters().all().keySet();

        assertTrue(names.containsAll(Set.of("low-rank.inner.weight", "low-rank.outer.weight", "low-rank.outer.bias")));
        assertFalse(names.contains("fc.weight"));
        assertArrayEquals(answers(trained), answers(opened));
        float[] plain = answers(TRAINING.train(small(), List.of()));
        assertFalse(Arrays.equals(plain, answers(trained)));
    }

    @Test
    void a_rank_that_narrows_nothing_is_refused_with_the_largest_that_does() {
        FactorsTransform wide = new FactorsTransform(new LowRankHead(4, Squashing.NONE), BENCH.operators());
        ClassifierArchitecture changed = wide.transform(small());
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> changed.build(SmallTraining.INPUT, SmallTraining.CLASSES, BENCH.parameters(1)));

        assertEquals("use at most 3", refusal.problems().get(0).wayOut());
        assertThrows(InvalidConfigurationException.class, () -> wide.transform(changed));
        assertEquals(
                List.of("rank"),
                new LowRankHead(0, Squashing.NONE)
                        .check().stream().map(Problem::path).toList());
    }

    private static Head head(LowRankHead settings, NDArray v, NDArray u, NDArray bias) {
        Map<String, NDArray> tensors =
                Map.of("low-rank.inner.weight", v, "low-rank.outer.weight", u, "low-rank.outer.bias", bias);
        return Factors.of(settings, BENCH.operators()).build(FEATURES, CLASSES, BENCH.parameters(new Given(tensors)));
    }

    private static NDArray logits(Head head, NDArray features) {
        return head.classify(features, Pass.evaluation(BENCH.stream(3))).logits();
    }

    private static NDArray gradient(Head head, NDArray features, int logit) {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray leaf = BENCH.gradients().variable(features);
            return BENCH.gradients()
                    .of(logits(head, leaf).get(0).get(logit), new NDList(leaf))
                    .head();
        }
    }

    /** The Frobenius norm, which is at least the 2-norm. */
    private static double norm(NDArray array) {
        return Math.sqrt(array.square().sum().getFloat());
    }

    private static float[] answers(Classifier network) {
        return network.forward(TRAINING.all(), Pass.evaluation(BENCH.stream(3)))
                .logits()
                .toFloatArray();
    }

    private static NDArray gaussians(long seed, long... shape) {
        Shape of = new Shape(shape);
        return BENCH.manager().create(BENCH.stream(seed).gaussians(Math.toIntExact(of.size())), of);
    }

    private static ClassifierArchitecture small() {
        return BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"));
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(LowRankHeadTest.class);
        for (var component : new ClassifiersPlugin().components()) {
            bench = bench.with(component);
        }
        return bench;
    }

    /** Tensors of the names and shapes that the head is documented to ask for. */
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
