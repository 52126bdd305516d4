package org.obverse.cli.bench;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.obverse.engine.plan.Components;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;

/**
 * Times, with random weights, the generator's forward pass as far as the target sees it, the gradient of the target's
 * logits with respect to w, the same in the published formulation, one whole optimization step of {@code latent-adam}, and the
 * largest convolution of that step. All of them take turns, with one and with two workers, so that they meet the same machine. Every
 * figure is the median of several rounds after a first one that does not count.
 */
public final class Bench {
    private static final List<Integer> WORKERS = List.of(1, Crew.MOST);
    private static final String LEGEND = """
            images/s of all workers together, each of which is a thread with a batch of its own; per image: milliseconds of one whole step
            published: to w and back in the published formulation (weights and their gradients for each sample, gradients of the target's
              weights, whole images) in the same libtorch, one worker; ours: how many times as fast 'to w and back' is
            bound: the step's share of the largest convolution's throughput, which is in GFLOP/s, forward and back, measured in the same rounds.
              Counted are the convolutions of the step as they are called, two operations for each multiplication, twice for the way back
            speed-up: of the step, against one worker; peak: resident memory of the process in our passes, and what earlier rows left of theirs
            """;

    private final Components components;
    private final PrintWriter out;

    /** What takes turns. */
    private enum Turn {
        FORWARD,
        BACK,
        STEP,
        CONVOLUTION,
        PUBLISHED;

        double seconds(Passes passes) {
            return switch (this) {
                case FORWARD -> passes.forward();
                case BACK -> passes.back();
                case STEP -> passes.step();
                case CONVOLUTION -> passes.convolution();
                case PUBLISHED -> passes.publishedBack();
            };
        }
    }

    /**
     * @param components where {@code stylegan2}, {@code resnet18} and the parts of {@code ppa} are found
     */
    public Bench(Components components, PrintWriter out) {
        this.components = components;
        this.out = out;
    }

    /** Prints two lines per setting as soon as they are measured, then what a whole attack takes. */
    public void run() throws IOException {
        TorchRuntime torch = TorchRuntime.start(new TorchSettings("cpu", 1));
        out.printf(
                Locale.ROOT,
                "%-32s %7s %8s %13s %8s %9s %9s %5s %6s %8s %8s %9s%n",
                "setting",
                "workers",
                "forward",
                "to w and back",
                "step",
                "per image",
                "published",
                "ours",
                "bound",
                "GFLOP/s",
                "speed-up",
                "peak");
        try (Crew crew = new Crew(torch)) {
            for (Size size : Size.ALL) {
                measure(size, torch, crew);
            }
            out.println();
            out.print(LEGEND);
            out.println();
            attack(torch, crew);
        }
        out.flush();
    }

    private void measure(Size size, TorchRuntime torch, Crew crew) throws IOException {
        try (NDManager manager = torch.manager().newSubManager()) {
            Passes passes = new Passes(size, new Lender(components, torch, manager, new Tally(torch.operators())));
            List<Row> rows = new ArrayList<>();
            for (int workers : WORKERS) {
                ResidentMemory.resetPeak();
                crew.seconds(workers, passes::back);
                crew.seconds(workers, passes::step);
                rows.add(new Row(workers, ResidentMemory.peak(), new EnumMap<>(Turn.class)));
            }
            for (int round = -1; round < size.repetitions(); round++) {
                for (Row row : rows) {
                    takeTurns(size, row, round < 0 ? Count.NOT : Count.NOTED, passes, crew);
                }
            }
            rows.forEach(row -> print(size, passes, row, rows.get(0)));
        }
    }

    private enum Count {
        NOTED,
        NOT
    }

    private static void takeTurns(Size size, Row row, Count count, Passes passes, Crew crew) {
        for (Turn turn : Turn.values()) {
            if (turn != Turn.PUBLISHED || (row.workers() == 1 && size.isPublished())) {
                double taken = crew.seconds(row.workers(), () -> turn.seconds(passes));
                if (count == Count.NOTED) {
                    row.note(turn, taken);
                }
            }
        }
    }

    /** What was measured with a number of workers. */
    private record Row(int workers, OptionalLong peak, Map<Turn, List<Double>> seconds) {
        void note(Turn turn, double taken) {
            seconds.computeIfAbsent(turn, any -> new ArrayList<>()).add(taken);
        }

        boolean has(Turn turn) {
            return seconds.containsKey(turn);
        }

        double median(Turn turn) {
            List<Double> sorted =
                    seconds.getOrDefault(turn, List.of()).stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    private void print(Size size, Passes passes, Row row, Row ofOne) {
        double images = (double) row.workers() * size.batch();
        double step = row.median(Turn.STEP);
        double back = row.median(Turn.BACK);
        double gigaflops = row.workers() * passes.flopsOfLargest() / row.median(Turn.CONVOLUTION) / 1e9;
        double reached = row.workers() * passes.flops() / step / 1e9;
        boolean published = row.has(Turn.PUBLISHED);
        out.printf(
                Locale.ROOT,
                "%-32s %7d %8.3g %13.3g %8.3g %6.4g ms %9s %5s %4.0f %% %8.1f %8.2f %9s%n",
                size.name(),
                row.workers(),
                images / row.median(Turn.FORWARD),
                images / back,
                images / step,
                1000 * step / images,
                published ? String.format(Locale.ROOT, "%.3g", images / row.median(Turn.PUBLISHED)) : "",
                published ? String.format(Locale.ROOT, "%.1fx", row.median(Turn.PUBLISHED) / back) : "",
                100 * reached / gigaflops,
                gigaflops,
                row.workers() * ofOne.median(Turn.STEP) / step,
                row.peak().isPresent() ? row.peak().getAsLong() + " MiB" : "unknown");
        out.flush();
    }

    private void attack(TorchRuntime torch, Crew crew) {
        Size size = Size.ALL.get(0);
        out.printf(Locale.ROOT, "a whole attack on one class, %s, ppa as published, one worker: ", size.name());
        out.flush();
        try (NDManager manager = torch.manager().newSubManager()) {
            Lender lender = new Lender(components, torch, manager, new Tally(torch.operators()));
            WholeAttack attack = new WholeAttack(size, lender);
            crew.seconds(1, attack::run);
            out.println(attack.said());
        }
    }
}
