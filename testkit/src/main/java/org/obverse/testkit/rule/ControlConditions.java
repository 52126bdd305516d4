package org.obverse.testkit.rule;

import java.util.List;

/**
 * Under which a control is called.
 *
 * @param classes requested, in order
 * @param batch the plan's
 * @param patience checkpoints that return before the run is cancelled
 */
record ControlConditions(List<Integer> classes, int batch, int patience) {
    static ControlConditions usual(List<Integer> classes) {
        return new ControlConditions(classes, 64, Integer.MAX_VALUE);
    }

    ControlConditions ofBatch(int other) {
        return new ControlConditions(classes, other, patience);
    }

    ControlConditions cancelledAfter(int checkpoints) {
        return new ControlConditions(classes, batch, checkpoints);
    }
}
