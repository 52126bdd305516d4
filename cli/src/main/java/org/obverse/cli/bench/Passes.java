package org.obverse.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.generator.Windowed;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.random.CounterStream;

/** What is timed of one setting, each with the same random weights; any thread of the runtime's may run any of it. */
final class Passes {
    private final Size size;
    private final Lender lender;
    private final Windowed generator;
    private final PublishedSynthesis published;
    private final Classifier target;
    private final Classifier learning;
    private final NDArray points;
    private final Resampling seen;
    private final Tally.Noted noted;

    Passes(Size size, Lender lender) {
        this.size = size;
        this.lender = lender;
        Parameters weights = lender.parameters(1);
        this.generator = (Windowed) lender.create(Kind.GENERATOR, new Use("stylegan2", size.generator()))
                .build(weights);
        this.published = new PublishedSynthesis(lender.torch().operators(), weights.all(), size.resolution());
        this.target = target(size, lender);
        this.learning = target(size, lender);
        learning.parameters().requireGradients(Parameters.Requirement.TRAINABLE);
        NDArray z = lender.manager()
                .create(
                        CounterStream.of(3).gaussians(size.batch() * size.style()),
                        new Shape(size.batch(), size.style()));
        this.points = generator.locate(z).get(":, 0:1");
        this.seen = Resampling.of(generator.image()).centerCrop(size.crop()).resize(size.input(), size.input());
        lender.tally().noting();
        try (NDScope scope = new NDScope()) {
            logits(target, window(points));
        }
        this.noted = lender.tally().noted();
    }

    private static Classifier target(Size size, Lender lender) {
        ClassifierArchitecture architecture = lender.create(Kind.CLASSIFIER, Use.of("resnet18"));
        return architecture.build(new Shape(3, size.input(), size.input()), Size.CLASSES, lender.parameters(2));
    }

    /** Of one step: the convolutions forward, and as much again back, because images and features alone need a gradient. */
    double flops() {
        return 2 * noted.flops();
    }

    /** Of {@link #convolution}, forward and back. */
    double flopsOfLargest() {
        return 2 * noted.largest().flops();
    }

    /** As far as the target sees them. */
    NDArray window(NDArray w) {
        Box window = seen.window();
        return seen.within(window).apply(generator.generate(w, window));
    }

    /** The same images as they were published: made whole, then cut. */
    NDArray publishedWindow(NDArray w) {
        return seen.apply(published.apply(w.get(":, 0")));
    }

    private static NDArray logits(Classifier target, NDArray images) {
        return target.forward(images, Pass.evaluation(CounterStream.of(4))).logits();
    }

    /** Seconds of the generator's forward pass. */
    double forward() {
        return seconds(() -> window(points).sum().getFloat());
    }

    /** Seconds of the gradient of the target's logits with respect to w. */
    double back() {
        return seconds(() -> gradient(this::window, target).sum().getFloat());
    }

    /** The same in the published formulation, whose targets collect gradients of their weights that nobody reads. */
    double publishedBack() {
        return seconds(() -> gradient(this::publishedWindow, learning).sum().getFloat());
    }

    /** {@code [N, 1, style]}. */
    NDArray gradient() {
        return gradient(this::window, target);
    }

    /** {@code [N, 1, style]}. */
    NDArray publishedGradient() {
        return gradient(this::publishedWindow, learning);
    }

    NDArray points() {
        return points;
    }

    private NDArray gradient(UnaryOperator<NDArray> images, Classifier network) {
        Gradients gradients = lender.torch().gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray w = gradients.variable(points);
            NDList asked = new NDList(w);
            if (network == learning) {
                asked.addAll(learning.parameters().trainableList());
            }
            return gradients.of(logits(network, images.apply(w)).sum(), asked).head();
        }
    }

    /** Seconds of one whole step of {@code latent-adam}, behind a first one. */
    double step() {
        Use use = new Use("latent-adam", size.optimizer());
        Optimizer optimizer = lender.create(Kind.OPTIMIZER, use);
        StepClock clock = new StepClock();
        Candidates start = new Candidates(
                new LatentPoints(generator, points),
                Collections.nCopies(size.batch(), 0),
                Collections.nCopies(size.batch(), Double.NaN),
                List.of());
        try (NDScope scope = new NDScope()) {
            optimizer.optimize(start, lender.stage(Kind.OPTIMIZER, use, generator, target, size::batch, clock));
        }
        return Arrays.stream(clock.steps()).average().orElseThrow();
    }

    /** Seconds of the largest convolution of a step, forward and back to its images. */
    double convolution() {
        Tally.Convolution largest = noted.largest();
        Gradients gradients = lender.torch().gradients();
        Operators operators = lender.torch().operators();
        try (NDScope scope = new NDScope()) {
            NDArray images = lender.manager().ones(largest.images());
            NDArray weight = typed(lender.manager().ones(largest.weight()), largest.type());
            return seconds(() -> {
                try (Gradients.Recording recording = gradients.recording()) {
                    NDArray x = gradients.variable(images);
                    NDArray y =
                            operators.conv2d(typed(x, largest.type()), weight, largest.stride(), largest.padding(), 1);
                    NDArray sum = operators.cast(y, DataType.FLOAT32).sum();
                    return gradients.of(sum, new NDList(x)).head().sum().getFloat();
                }
            });
        }
    }

    private NDArray typed(NDArray x, DataType type) {
        return type == DataType.UNKNOWN ? lender.torch().operators().cast(x, DataType.BFLOAT16) : x;
    }

    /** Of a computation whose result is read, so that it is finished. */
    private static double seconds(Computation computation) {
        long began = System.nanoTime();
        try (NDScope scope = new NDScope()) {
            computation.result();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    @FunctionalInterface
    private interface Computation {
        double result();
    }
}
