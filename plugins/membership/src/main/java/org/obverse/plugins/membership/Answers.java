package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** What a model answers to samples, batch by batch. */
final class Answers {
    private Answers() {}

    /** The answer to one sample. */
    static final class Answer {
        private final double[] logScores;
        private final int label;

        private Answer(double[] logScores, int label) {
            this.logScores = logScores;
            this.label = label;
        }

        /** Natural logarithms of the class probabilities. */
        double[] logScores() {
            return logScores;
        }

        int label() {
            return label;
        }
    }

    /** One signal of each sample. */
    static double[] of(Signal signal, ScoreOracle model, Images images, MembershipContext context) {
        return of(answer -> signal.of(answer.logScores(), answer.label()), model, images, context);
    }

    /**
     * One number of each sample.
     *
     * @throws InvalidConfigurationException if a number does not exist, as the model's answers hold no number
     */
    static double[] of(ToDoubleFunction<Answer> number, ScoreOracle model, Images images, MembershipContext context) {
        double[] numbers = new double[images.size()];
        each(model, images, context, (index, answer) -> numbers[index] = number.applyAsDouble(answer));
        requireNumbers(numbers);
        return numbers;
    }

    /** Sees the answer to one sample. */
    interface Visitor {
        void see(int index, Answer answer);
    }

    static void each(ScoreOracle model, Images images, MembershipContext context, Visitor visitor) {
        for (int from = 0; from < images.size(); from += context.batch()) {
            context.checkpoint();
            int[] batch = IntStream.range(from, Math.min(images.size(), from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                NDArray scores = model.logScores(images.read(context.manager(), batch));
                double[] flat = scores.toDoubleArray();
                int classes = flat.length / batch.length;
                for (int i = 0; i < batch.length; i++) {
                    double[] own = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
                    visitor.see(batch[i], new Answer(own, images.label(batch[i])));
                }
            }
            context.progress(from + (long) batch.length, images.size(), Map.of());
        }
    }

    static List<Double> list(double... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    static void requireNumbers(double... numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new InvalidConfigurationException(
                        new Problem(
                                "membership",
                                "what the target or a reference model answers gives an attack no number (" + number
                                        + ")",
                                "train the target at a lower learning rate, or drop the output filter that takes classes away"));
            }
        }
    }
}
