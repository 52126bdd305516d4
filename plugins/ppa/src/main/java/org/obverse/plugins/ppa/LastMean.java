package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the mean of where a batch was in its last steps in the place of where it ended; of those that it came to, where it was ended before.
 */
final class LastMean implements AutoCloseable {
    private final int from;
    private final int steps;
    private final List<NDArray> sum = new ArrayList<>(1);
    private final List<NDArray> moved = new ArrayList<>(1);
    private int seen;

    /**
     * @param share of the steps that count, in [0, 1); with none the end stays
     */
    LastMean(double share, int steps) {
        this.steps = steps;
        this.from = steps - (int) Math.round(share * steps);
    }

    /**
     * @param step from 0
     * @param latents after it, one array for all steps; changed after the last one, and when this is closed before
     */
    void stepped(int step, NDArray latents) {
        if (step < from) {
            return;
        }
        if (sum.isEmpty()) {
            NDArray first = latents.duplicate();
            NDScope.unregister(first);
            sum.add(first);
            moved.add(latents);
        } else {
            sum.get(0).addi(latents);
        }
        seen++;
        if (step == steps - 1) {
            average();
        }
    }

    private void average() {
        NDArray latents = moved.remove(0);
        latents.muli(0).addi(sum.get(0).div(seen));
    }

    @Override
    public void close() {
        if (!moved.isEmpty()) {
            average();
        }
        sum.forEach(NDArray::close);
    }
}
