package org.obverse.cli.estimate;

import java.util.Locale;

/**
 * What a job of its own needs for any unit of a slot.
 *
 * @param slot such as {@code target} or {@code optimize}
 * @param seconds of the longest unit, with what its process takes more to warm up
 * @param memory the largest peak of a process, in MiB; 0 if nothing is known
 */
public record JobLimits(String slot, double seconds, long memory) {
    /** What is asked for, for those that read it. */
    static final String MARGIN = "twice the time and a minute to begin, one and a half times the memory";

    private static final int MINUTE = 60;
    /** Memory is asked for in quarters of a GiB. */
    private static final int STEP = 256;

    /** As {@code limits} of the place {@code slurm} reads it, with {@link #MARGIN}. */
    String text() {
        long minutes = (long) Math.ceil(2 * seconds / MINUTE) + 1;
        long steps = (memory + memory / 2 + STEP - 1) / STEP;
        return String.format(
                Locale.ROOT,
                "{ slot: %s, memory: %s, time: \"%d:%02d:00\" }",
                slot,
                memory == 0 ? "\"\"" : steps * STEP + "M",
                minutes / MINUTE,
                minutes % MINUTE);
    }
}
