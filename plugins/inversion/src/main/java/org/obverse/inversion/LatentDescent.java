package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.function.Consumer;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.api.training.Training;

/**
 * Adam on one tensor of candidates, each with an objective of its own (Kingma and Ba 2015). A step's arrays are
 * released after it, so memory does not grow with the number of steps. May be used from several threads.
 */
public final class LatentDescent {
    private final Gradients gradients;
    private final Training training;
    private final Settings settings;

    public LatentDescent(Gradients gradients, Training training, Settings settings) {
        this.gradients = gradients;
        this.training = training;
        this.settings = settings;
    }

    /**
     * Takes all steps.
     *
     * @param start {@code [N, ...]}, not changed
     * @param objective asked once per step, while recording
     * @param follower told once per step, after it, while not recording
     * @return {@code [N, ...]} after the last step, attached to the manager of {@code start}
     */
    public NDArray descend(NDArray start, Objective objective, Follower follower) {
        NDArray points = gradients.variable(start);
        NDList variables = new NDList(points);
        try (ParameterOptimizer adam = training.adam(
                variables, settings.beta1(), settings.beta2(), settings.epsilon(), settings.weightDecay())) {
            for (int step = 0; step < settings.steps(); step++) {
                try (NDScope scope = new NDScope()) {
                    Outcome outcome;
                    NDArray total;
                    try (Gradients.Recording recording = gradients.recording()) {
                        outcome = objective.at(points, step);
                        total = settings.reduction().of(outcome.losses());
                    }
                    NDList wanted = new NDList(variables);
                    outcome.watched().forEach(watched -> wanted.add(watched.array()));
                    NDList found = gradients.of(total, wanted);
                    for (int i = 0; i < outcome.watched().size(); i++) {
                        outcome.watched().get(i).watcher().accept(found.get(i + 1));
                    }
                    adam.step(new NDList(found.head()), settings.rate().at(step));
                    follower.stepped(step, outcome, points);
                }
            }
        }
        return points;
    }

    /** What is minimised. */
    @FunctionalInterface
    public interface Objective {
        /**
         * @param points {@code [N, ...]}, a leaf of the graph
         * @param step from 0
         */
        Outcome at(NDArray points, int step);
    }

    /** Sees each step. */
    @FunctionalInterface
    public interface Follower {
        /**
         * @param step from 0
         * @param outcome before the step
         * @param points {@code [N, ...]} after the step; changed in place by the next one, so copy what is kept
         */
        void stepped(int step, Outcome outcome, NDArray points);
    }

    /**
     * What the target and the objective said of the points of one step.
     *
     * @param losses the objective of each candidate, {@code [N]}, part of the graph
     * @param logits of the target for the images that it saw, {@code [N, classes]}
     * @param watched what else is differentiated with respect to; the points move as if nothing were
     */
    public record Outcome(NDArray losses, NDArray logits, List<Watched> watched) {
        public Outcome {
            watched = List.copyOf(watched);
        }

        public Outcome(NDArray losses, NDArray logits) {
            this(losses, logits, List.of());
        }
    }

    /**
     * An array between the points and the objectives.
     *
     * @param watcher told the gradient of the reduced objectives with respect to it, before the step, while not recording; the gradient
     *     is gone after the step
     */
    public record Watched(NDArray array, Consumer<NDArray> watcher) {}

    /**
     * @param steps at least 0
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment
     * @param weightDecay times the points is added to their gradient
     */
    public record Settings(
            int steps,
            Rate rate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            Reduction reduction) {}

    /** How the candidates' objectives become the scalar that is differentiated. Only Adam's epsilon feels it. */
    public enum Reduction {
        /** A candidate's gradient is its own, whatever batch it is in. */
        SUM {
            @Override
            NDArray of(NDArray losses) {
                return losses.sum();
            }
        },
        /** Gradients are divided by the batch, as published code does. */
        MEAN {
            @Override
            NDArray of(NDArray losses) {
                return losses.mean();
            }
        };

        abstract NDArray of(NDArray losses);
    }
}
