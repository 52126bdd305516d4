package org.obverse.plugins.dpsgd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;

/**
 * An attack on whole trainings: whoever sees the weights tells whether a mislabelled sample, the canary, was trained on. How often
 * that is right bounds ε from below (Jagielski et al. 2020, arXiv 2006.07709, section 4), and no training may prove more
 * than it states.
 */
class AuditTest {
    private static final Workbench BENCH = Workbench.of(AuditTest.class);
    private static final int OTHERS = 8;
    private static final int TRIED = 10;
    private static final int JUDGED = 50;

    /** Two steps, with or without the canary. */
    private static final Trials TRIALS = new Trials(BENCH, 1, 4, 0.5);

    private static final DpSgd SETTINGS = new DpSgd(1, 2, 1e-3);
    private static final double STATED = new Accountant(SETTINGS).epsilon(0.5, 2);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_hundred_trainings_prove_no_more_than_the_stated_epsilon() {
        double proven = proven(SETTINGS.noise());

        assertTrue(proven <= STATED, () -> "proven " + proven + ", stated " + STATED);
    }

    @Test
    void with_a_twentieth_of_the_noise_that_is_stated_they_prove_more() {
        double proven = proven(SETTINGS.noise() / 20);

        assertTrue(proven > STATED, () -> "proven " + proven + ", stated " + STATED);
    }

    /** A lower bound on ε, with 95 % confidence. */
    private static double proven(double noise) {
        ClippedGradients policy = new ClippedGradients(new DpSgd(SETTINGS.clip(), noise, SETTINGS.delta()));
        double threshold = (mean(scores(policy, 1, 0, TRIED)) + mean(scores(policy, 0, 0, TRIED))) / 2;
        long found = Arrays.stream(scores(policy, 1, TRIED, JUDGED))
                .filter(score -> score > threshold)
                .count();
        long alarms = Arrays.stream(scores(policy, 0, TRIED, JUDGED))
                .filter(score -> score > threshold)
                .count();
        double often = 1 - upper(JUDGED - found);
        return Math.log(Math.max(often - SETTINGS.delta(), 0) / upper(alarms));
    }

    /** How much the trained networks take the canary for what it is labelled as. */
    private static double[] scores(ClippedGradients policy, int canaries, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToDouble(seed -> score(policy, canaries, seed))
                .toArray();
    }

    private static double score(ClippedGradients policy, int canaries, int seed) {
        Samples samples = new Samples(canaries);
        try (NDScope scope = new NDScope()) {
            Classifier network = TRIALS.train(new OneLayer(BENCH), samples, List.of(policy), 1000L * canaries + seed);
            NDArray logits = network.forward(Samples.canary(BENCH.manager()), Pass.evaluation(BENCH.stream(1)))
                    .logits();
            return logits.getFloat(0, Samples.WRONG) - logits.mean().getFloat();
        }
    }

    private static double mean(double[] scores) {
        return Arrays.stream(scores).average().orElseThrow();
    }

    /** Clopper and Pearson's upper limit at 97.5 % for a share of which there were so many among those judged. */
    private static double upper(long count) {
        double low = (double) count / JUDGED;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (atMost(count, middle) > 0.025) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double atMost(long count, double share) {
        double sum = 0;
        double choices = 1;
        for (int i = 0; i <= count; i++) {
            sum += choices * Math.pow(share, i) * Math.pow(1 - share, JUDGED - i);
            choices *= (double) (JUDGED - i) / (i + 1);
        }
        return sum;
    }

    /** Points of two coordinates, and perhaps one that has only the third. */
    private record Samples(int canaries) implements Images {
        static final int WRONG = 2;
        private static final Shape POINT = new Shape(3);

        @Override
        public int size() {
            return OTHERS + canaries;
        }

        @Override
        public Shape shape() {
            return POINT;
        }

        @Override
        public int label(int index) {
            return index < OTHERS ? index % 2 : WRONG;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[3 * indices.length];
            for (int i = 0; i < indices.length; i++) {
                values[3 * i + (indices[i] < OTHERS ? indices[i] % 2 : 2)] = 10;
            }
            return manager.create(values, new Shape(indices.length, 3));
        }

        static NDArray canary(NDManager manager) {
            return new Samples(1).read(manager, OTHERS);
        }
    }

    private record OneLayer(Workbench bench) implements ClassifierArchitecture {
        @Override
        public Classifier build(Shape input, int classes, Parameters parameters) {
            int inputs = Math.toIntExact(input.size());
            Layer layer =
                    Linear.of(Namespace.root(parameters, bench.operators()).in("fc"), inputs, classes);
            return new Built(input, classes, parameters, layer);
        }

        private record Built(Shape input, int classes, Parameters parameters, Layer layer) implements Classifier {
            @Override
            public List<Tap> taps() {
                return List.of(new Tap(Tap.PENULTIMATE, input));
            }

            @Override
            public Activations forward(NDArray images, Pass pass) {
                return new Activations(layer.apply(images, pass), Map.of(Tap.PENULTIMATE, images));
            }
        }
    }
}
