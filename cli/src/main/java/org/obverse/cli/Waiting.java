package org.obverse.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.testkit.rule.Notes;

/** Tells who waits for a long trial what is being tried, for how long already, and how far it is. */
final class Waiting implements UnitLoan.Watch {
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);

    /** Steps for which nobody waits gladly, once for each of many rules. */
    private static final long MANY = 500;

    private final PrintWriter out;
    private final LongSupplier nanos;
    private String trial = "";
    private long began;
    private long told;
    private long done;
    private long total;

    /**
     * @param nanos a clock
     */
    Waiting(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    /** Another trial begins, such as {@code generator/mine parameters-matter}. */
    void begin(String what) {
        trial = what;
        began = nanos.getAsLong();
        told = began;
        done = 0;
        total = 0;
    }

    @Override
    public void checkpoint() {
        long now = nanos.getAsLong();
        if (now - told < SILENCE) {
            return;
        }
        if (told == began && total >= MANY) {
            out.printf(
                    Locale.ROOT,
                    "         %s takes %,d steps for each of several trials; write smaller settings for them into %s%n",
                    trial.replaceFirst(" .*", ""),
                    total,
                    Notes.RESOURCE);
        }
        told = now;
        out.printf(
                Locale.ROOT,
                "         trying %s for %d s%s%n",
                trial,
                TimeUnit.NANOSECONDS.toSeconds(now - began),
                total == 0 ? "" : String.format(Locale.ROOT, ": step %,d of %,d", done, total));
        out.flush();
    }

    @Override
    public void progress(long steps, long all, Map<String, Double> figures) {
        done = steps;
        total = all;
        checkpoint();
    }
}
