package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** On what, and in which portions, a run computes. Batch size changes no draw, but the last digits of values. */
public record Execution(
        @Meaning("auto (a GPU if there is one), cpu, gpu (the first one), gpu:1, …")
        String device,

        @Meaning("units of the attack that are worked on at once; changes no value")
        int workers,

        @Meaning("images per pass through a network") int batch,

        @Meaning("threads inside one operator; 1 gives the best throughput with several workers")
        int threads)
        implements Checked {
    public static final Execution DEFAULT = new Execution("auto", 2, 100, 1);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!device.matches("auto|cpu|gpu(:\\d{1,4})?")) {
            problems.add(new Problem("device", "'" + device + "' is not a device", "use auto, cpu, gpu, gpu:1, …"));
        }
        atLeastOne("workers", workers, problems);
        atLeastOne("batch", batch, problems);
        atLeastOne("threads", threads, problems);
        return problems;
    }

    private static void atLeastOne(String key, int value, List<Problem> problems) {
        if (value < 1) {
            problems.add(new Problem(key, value + " is too few", "use at least 1"));
        }
    }
}
