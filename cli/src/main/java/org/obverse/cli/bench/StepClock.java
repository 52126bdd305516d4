package org.obverse.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.engine.lend.UnitLoan;

/** Notes when each step of a stage was finished. */
final class StepClock implements UnitLoan.Watch {
    private final List<Long> ends = new ArrayList<>();

    /** Seconds between the ends of two steps, one behind the other. */
    double[] steps() {
        double[] steps = new double[Math.max(0, ends.size() - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (ends.get(i + 1) - ends.get(i)) / 1e9;
        }
        return steps;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        ends.add(System.nanoTime());
    }
}
