package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/** Puts the mean of where a batch was in its last steps in the place of where it ended. */
final class LastMean implements AutoCloseable {
    private final int from;
    private final int steps;
    private final List<NDArray> sum = new ArrayList<>(1);

    /**
     * @param share of the steps that count, in [0, 1); with none the end stays
     */
    LastMean(double share, int steps) {
        this.steps = steps;
        this.from = steps - (int) Math.round(share * steps);
    }

    /**
     * @param step from 0
     * @param latents after it; changed after the last one
     */
    void stepped(int step, NDArray latents) {
        if (step < from) {
            return;
        }
        if (sum.isEmpty()) {
            NDArray first = latents.duplicate();
            NDScope.unregister(first);
            sum.add(first);
        } else {
            sum.get(0).addi(latents);
        }
        if (step == steps - 1) {
            latents.muli(0).addi(sum.get(0).div(steps - from));
        }
    }

    @Override
    public void close() {
        sum.forEach(NDArray::close);
    }
}
