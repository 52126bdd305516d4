package org.obverse.plugins.dpsgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.plugins.classifiers.Depth;
import org.obverse.plugins.classifiers.MembershipCnn;
import org.obverse.plugins.classifiers.Normalization;
import org.obverse.plugins.classifiers.SmallResNet;
import org.obverse.plugins.dpsgd.Trials.Pictures;
import org.obverse.plugins.dpsgd.Trials.Silent;
import org.obverse.testkit.Workbench;

/** Whole steps, as the engine takes them. */
class StepTest {
    private static final Workbench BENCH = bench();
    private static final Shape SMALL = new Shape(3, 16, 16);
    private static final int SAMPLES = 12;

    /** The last layer of membership-cnn. */
    private static final String HEAD = "model.11";

    /** Everybody in every step, of which there is one. */
    private static final Trials WHOLE = new Trials(BENCH, 1, SAMPLES, 1);

    private static final Pictures PICTURES = Pictures.of(BENCH, SMALL, SAMPLES);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 1e3})
    void layers_that_tell_of_their_weights_give_the_step_of_one_pass_per_sample(double clip) {
        List<DefensePart> parts = List.of(policy(clip, 0));
        Trials trials = new Trials(BENCH, 2, 5, 0.1 / clip);
        for (ClassifierArchitecture network : List.of(cnn(), affine())) {
            float[] fast = Trials.weights(trials.train(network, PICTURES, parts, 7));
            float[] each = Trials.weights(trials.train(new Silent(network), PICTURES, parts, 7));
            float[] start = trials.start(network, PICTURES);

            assertFalse(Arrays.equals(fast, each), "both went the same way");
            assertTrue(
                    distance(fast, each) < 1e-4 * distance(fast, start),
                    () -> "apart " + distance(fast, each) + " of " + distance(fast, start));
        }
    }

    @Test
    void a_weight_that_is_used_twice_counts_with_both_uses_together() {
        ClassifierArchitecture network = new TwiceApplied(BENCH.operators());
        Pictures points = Pictures.of(BENCH, new Shape(Trials.CLASSES), SAMPLES);
        List<DefensePart> parts = List.of(policy(1e-2, 0));
        float[] start = WHOLE.start(network, points);
        float[] all = sum(start, Trials.weights(WHOLE.train(network, points, parts, 7)), SAMPLES);
        float[] others = sum(start, Trials.weights(WHOLE.train(network, points.without(3), parts, 7)), SAMPLES - 1);

        assertEquals(1e-2, distance(all, others), 1e-4);
    }

    @Test
    void without_noise_and_clip_a_step_over_everybody_is_that_of_plain_training() {
        float[] plain = Trials.weights(WHOLE.train(cnn(), PICTURES, List.of(), 7));
        List<DefensePart> open = List.of(policy(Double.POSITIVE_INFINITY, 0));

        assertArrayEquals(plain, Trials.weights(WHOLE.train(cnn(), PICTURES, open, 7)), 1e-6f);
    }

    @Test
    void a_sample_more_moves_the_weights_by_no_more_than_the_clip() {
        double clip = 0.01;
        List<DefensePart> parts = List.of(policy(clip, 0));
        float[] start = WHOLE.start(cnn(), PICTURES);
        float[] all = sum(start, Trials.weights(WHOLE.train(cnn(), PICTURES, parts, 7)), SAMPLES);
        for (int left = 0; left < SAMPLES; left++) {
            float[] others =
                    sum(start, Trials.weights(WHOLE.train(cnn(), PICTURES.without(left), parts, 7)), SAMPLES - 1);
            assertEquals(clip, distance(all, others), 0.01 * clip);
        }
    }

    /** What the gradients added up to, from one step at rate 1. */
    private static float[] sum(float[] start, float[] end, int expected) {
        float[] sum = new float[start.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (start[i] - end[i]) * expected;
        }
        return sum;
    }

    @Test
    void a_step_that_nobody_is_in_is_noise_alone() {
        Trials lonely = new Trials(BENCH, 1, 1, 1);
        Pictures two = Pictures.of(BENCH, SMALL, 2);
        float[] start = lonely.start(cnn(), two);
        double clip = 1e-3;
        int empty = 0;
        for (int seed = 0; seed < 40; seed++) {
            float[] still = Trials.weights(lonely.train(cnn(), two, List.of(policy(clip, 0)), seed));
            float[] noisy = Trials.weights(lonely.train(cnn(), two, List.of(policy(clip, 1)), seed));
            if (Arrays.equals(start, still)) {
                empty++;
                double expected = clip * Math.sqrt(2.0 * start.length);
                assertEquals(expected, distance(start, noisy), 0.1 * expected);
            }
        }
        assertTrue(empty > 0 && empty < 15, "of 40 trainings of two steps 2.5 are expected to be empty, not " + empty);
    }

    @Test
    void frozen_weights_get_no_noise() {
        ParameterPolicy head = (weight, epoch) -> weight.startsWith(HEAD);
        Classifier trained = WHOLE.train(cnn(), PICTURES, List.of(head, policy(1, 1)), 7);
        Classifier fresh = cnn().build(SMALL, Trials.CLASSES, BENCH.parameters(1));

        for (String name : fresh.parameters().all().keySet()) {
            assertEquals(!name.startsWith(HEAD), Arrays.equals(tensor(fresh, name), tensor(trained, name)), name);
        }
    }

    @Test
    void norms_are_those_of_the_trained_weights_alone() {
        ParameterPolicy head = (weight, epoch) -> weight.startsWith(HEAD);
        List<DefensePart> parts = List.of(head, policy(1e-3, 0));
        float[] start = head(cnn().build(SMALL, Trials.CLASSES, BENCH.parameters(1)));
        Pictures one = Pictures.of(BENCH, SMALL, 1);

        assertEquals(1e-3, distance(start, head(new Trials(BENCH, 1, 1, 1).train(cnn(), one, parts, 7))), 1e-6);
    }

    @Test
    void a_network_that_normalises_by_batch_is_refused_with_the_way_out() {
        ClassifierArchitecture batch = BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet"));
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> WHOLE.train(batch, PICTURES, List.of(policy(1, 1)), 7));
        Problem problem = refusal.problems().get(0);

        assertTrue(problem.toString().contains("normalises by batch"), problem::toString);
        assertTrue(problem.toString().contains("normalization: group"), problem::toString);
    }

    private static float[] head(Classifier network) {
        float[] weight = tensor(network, HEAD + ".weight");
        float[] bias = tensor(network, HEAD + ".bias");
        float[] both = Arrays.copyOf(weight, weight.length + bias.length);
        System.arraycopy(bias, 0, both, weight.length, bias.length);
        return both;
    }

    private static float[] tensor(Classifier network, String name) {
        return Objects.requireNonNull(network.parameters().all().get(name)).toFloatArray();
    }

    private static double distance(float[] a, float[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += Math.pow((double) a[i] - b[i], 2);
        }
        return Math.sqrt(squares);
    }

    private static ClippedGradients policy(double clip, double noise) {
        return new ClippedGradients(new DpSgd(clip, noise, 1e-5));
    }

    /** The network of the membership papers, normalised by groups, with a 32nd of its channels. */
    private static ClassifierArchitecture cnn() {
        return classifier("membership-cnn", new MembershipCnn(Depth.SHALLOW, Normalization.GROUP, 1.0 / 32));
    }

    /** With blocks, strides and convolutions of one pixel. */
    private static ClassifierArchitecture affine() {
        return classifier("small-resnet", new SmallResNet(4, 1, Normalization.AFFINE, ""));
    }

    @SuppressWarnings("unchecked")
    private static <C extends Record> ClassifierArchitecture classifier(String name, C settings) {
        Component<C, ClassifierArchitecture> component = new ClassifiersPlugin()
                .components().stream()
                        .filter(each -> each.name().equals(name))
                        .map(each -> (Component<C, ClassifierArchitecture>) each)
                        .findFirst()
                        .orElseThrow();
        return component.factory().create(settings, BENCH);
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(StepTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
