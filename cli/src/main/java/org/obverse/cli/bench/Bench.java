package org.obverse.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Windowed;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;

/**
 * Times, with random weights, the generator's forward pass as far as the target sees it, the gradient of the target's
 * logits with respect to w, and one whole optimization step of {@code latent-adam}. Every figure is the median of several
 * repetitions after a first one that does not count.
 */
public final class Bench {
    private final Components components;
    private final PrintWriter out;

    /**
     * @param components where {@code stylegan2}, {@code resnet18} and {@code latent-adam} are found
     */
    public Bench(Components components, PrintWriter out) {
        this.components = components;
        this.out = out;
    }

    /** Prints one line per setting and number of threads as soon as it is measured. */
    public void run() throws IOException {
        out.printf(
                Locale.ROOT,
                "%-33s %7s %14s %14s %14s %12s %12s %10s%n",
                "setting",
                "threads",
                "forward",
                "to w and back",
                "whole step",
                "per image",
                "published",
                "peak");
        for (Size size : Size.ALL) {
            for (int threads : List.of(1, 2)) {
                measure(size, threads);
            }
        }
        out.println();
        out.println(
                "images/s; per image: milliseconds of one whole step per image; published: the same of the published");
        out.println("Python implementation with one thread of a 2-core CPU; peak: resident memory of the process");
        out.flush();
    }

    private void measure(Size size, int threads) throws IOException {
        TorchRuntime torch = TorchRuntime.start(new TorchSettings("cpu", threads));
        ResidentMemory.resetPeak();
        try (NDManager manager = torch.manager().newSubManager()) {
            Windowed generator = generator(size, torch, manager);
            Classifier target = target(size, torch, manager);
            NDArray z = manager.create(
                    CounterStream.of(3).gaussians(size.batch() * size.style()), new Shape(size.batch(), size.style()));
            NDArray w = generator.locate(z).get(":, 0:1");
            Resampling seen =
                    Resampling.of(generator.image()).centerCrop(size.crop()).resize(size.input(), size.input());
            Box window = seen.window();
            Resampling framed = seen.within(window);
            double forward =
                    seconds(size, () -> generator.generate(w, window).sum().getFloat());
            double back = seconds(
                    size, () -> gradient(torch, points -> framed.apply(generator.generate(points, window)), target, w));
            double step = step(size, torch, manager, generator, target, w);
            OptionalLong peak = ResidentMemory.peak();
            out.printf(
                    Locale.ROOT,
                    "%-33s %7d %14.2f %14.2f %14.2f %9.1f ms %12s %10s%n",
                    size.name(),
                    threads,
                    size.batch() / forward,
                    size.batch() / back,
                    size.batch() / step,
                    1000 * step / size.batch(),
                    size.published().isPresent() ? size.published().getAsInt() + " ms" : "unknown",
                    peak.isPresent() ? peak.getAsLong() + " MiB" : "unknown");
            out.flush();
        }
    }

    private Windowed generator(Size size, TorchRuntime torch, NDManager manager) {
        return (Windowed) create(Kind.GENERATOR, new Use("stylegan2", size.generator()), torch, manager)
                .build(parameters(manager, 1));
    }

    private Classifier target(Size size, TorchRuntime torch, NDManager manager) {
        ClassifierArchitecture architecture = create(Kind.CLASSIFIER, Use.of("resnet18"), torch, manager);
        return architecture.build(new Shape(3, size.input(), size.input()), Size.CLASSES, parameters(manager, 2));
    }

    private static Parameters parameters(NDManager manager, long seed) {
        return new Parameters(manager, ParameterSource.fresh(CounterStream.of(seed)));
    }

    private <T> T create(Kind<T> kind, Use use, TorchRuntime torch, NDManager manager) {
        PlannedComponent<T> chosen = components.choose(kind, use);
        return chosen.create(new ComponentResources(
                torch, manager, components, Path.of(""), CounterStream.of(1), chosen.plugin(), Supervision.none()));
    }

    private static double gradient(
            TorchRuntime torch, UnaryOperator<NDArray> images, Classifier target, NDArray points) {
        try (Gradients.Recording recording = torch.gradients().recording()) {
            NDArray w = torch.gradients().variable(points);
            NDArray logits = target.forward(images.apply(w), Pass.evaluation(CounterStream.of(4)))
                    .logits();
            return torch.gradients()
                    .of(logits.sum(), new NDList(w))
                    .head()
                    .sum()
                    .getFloat();
        }
    }

    private double step(
            Size size, TorchRuntime torch, NDManager manager, Generator generator, Classifier target, NDArray points) {
        Use use = new Use("latent-adam", size.optimizer());
        Optimizer optimizer = create(Kind.OPTIMIZER, use, torch, manager);
        StepClock clock = new StepClock();
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                use.name(),
                components.choose(Kind.OPTIMIZER, use).requirements(),
                List.of(0),
                () -> new TargetModel(target, List.of(), torch.gradients()),
                generator,
                Map.of(),
                () -> {
                    throw new IllegalArgumentException("the benchmark has no images");
                });
        StageLoan context = new StageLoan(
                surroundings,
                new UnitLoan(CounterStream.of(5), manager, size::batch, clock),
                List.of(0),
                new QueryLedger(Long.MAX_VALUE));
        Candidates start = new Candidates(
                new LatentPoints(generator, points),
                Collections.nCopies(size.batch(), 0),
                Collections.nCopies(size.batch(), Double.NaN),
                List.of());
        try (NDScope scope = new NDScope()) {
            optimizer.optimize(start, context);
        }
        return median(clock.steps());
    }

    /** The median time of a computation whose result is read, so that it is finished. */
    private static double seconds(Size size, Computation computation) {
        double[] times = new double[size.repetitions()];
        for (int i = -1; i < times.length; i++) {
            long began = System.nanoTime();
            try (NDScope scope = new NDScope()) {
                computation.result();
            }
            if (i >= 0) {
                times[i] = (System.nanoTime() - began) / 1e9;
            }
        }
        return median(times);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @FunctionalInterface
    private interface Computation {
        double result();
    }
}
