package org.obverse.cli.estimate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.obverse.cli.estimate.Estimate.AttackSize;
import org.obverse.cli.estimate.Estimate.KindCost;
import org.obverse.cli.progress.Columns;
import org.obverse.cli.progress.Figures;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.runs.Bytes;

/** What a study would cost, for people. */
public record EstimatePage(Estimate estimate) {
    private static final int MIB = 1 << 20;
    private static final double BUSY = 1.2;

    /** Prints all of it. */
    public void print(PrintWriter out) {
        out.println(Printable.line("'%s' would take %s%s with %d %s, %s of memory and %s on the disk"
                .formatted(
                        estimate.study(),
                        estimate.isComplete() ? "about " : "more than ",
                        Figures.clock(estimate.free()),
                        estimate.workers(),
                        estimate.workers() == 1 ? "worker" : "workers",
                        memory(estimate.memory()),
                        Bytes.text(estimate.bytes()))));
        if (estimate.wall() > BUSY * estimate.free()) {
            out.println("Other work keeps this machine busy: if that goes on, " + Figures.clock(estimate.wall())
                    + ". What follows leaves out the time that units wait for a processor.");
        }
        table(out);
        estimate.kinds()
                .forEach(kind -> kind.unknown()
                        .forEach(
                                reason -> out.println(Printable.line("Not timed: " + kind.kind() + ", as " + reason))));
        if (estimate.elsewhere()) {
            out.println("The plan's places are not looked at: the time is that of threads in one process.");
        }
        // Identities are what an interval is about, so that one alone has none.
        estimate.attacks().stream().filter(size -> size.classes() > 1).forEach(size -> out.println(interval(size)));
        if (!estimate.limits().isEmpty()) {
            out.println("For the place slurm, with " + JobLimits.MARGIN + ":");
            out.println(Printable.line(estimate.limits().stream()
                    .map(JobLimits::text)
                    .collect(Collectors.joining(", ", "limits: [ ", " ]"))));
        }
        out.flush();
    }

    private void table(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "to do", "reused", "each", "together", "memory", "disk"));
        estimate.kinds().forEach(kind -> rows.add(row(kind)));
        Columns.lines(rows, column -> column > 0).forEach(line -> out.println(Printable.line("  " + line)));
    }

    private List<String> row(KindCost kind) {
        boolean isKnown = kind.toDo() > 0 && kind.unknown().isEmpty();
        return List.of(
                kind.kind(),
                String.valueOf(kind.toDo()),
                String.valueOf(kind.reused()),
                isKnown ? seconds(estimate.of(kind) / kind.toDo()) : "",
                isKnown ? seconds(estimate.of(kind)) : "",
                isKnown ? memory(kind.memory()) : "",
                isKnown ? Bytes.text(kind.bytes()) : "");
    }

    private static String seconds(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : Figures.clock(seconds);
    }

    private static String memory(long mebibytes) {
        return mebibytes == 0 ? "an unknown amount" : Bytes.text(mebibytes * MIB);
    }

    private static String interval(AttackSize size) {
        int classes = size.classes();
        if (size.samples() == classes) {
            return String.format(
                    Locale.ROOT,
                    "95 %% interval of a cell's Acc@1, %d classes with a sample each, at a rate of one half: ± %.1f points",
                    classes,
                    100 * new AccuracyInterval(classes, 1).halfWidth(1));
        }
        if (size.samples() == 0) {
            return String.format(
                    Locale.ROOT,
                    "95 %% interval of a cell's Acc@1, %d classes, at a rate of one half: no wider than ± %.1f points",
                    classes,
                    100 * new AccuracyInterval(classes, 1).halfWidth(1));
        }
        AccuracyInterval interval = new AccuracyInterval(classes, (double) size.samples() / classes);
        return String.format(
                Locale.ROOT,
                "95 %% interval of a cell's Acc@1, %d classes and %d samples, at a rate of one half: ± %.1f points if samples of a"
                        + " class have nothing in common, ± %.1f if they all succeed or fail together",
                classes,
                size.samples(),
                100 * interval.halfWidth(0),
                100 * interval.halfWidth(1));
    }
}
