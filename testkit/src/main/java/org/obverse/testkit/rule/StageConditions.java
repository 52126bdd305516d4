package org.obverse.testkit.rule;

import java.util.List;

/**
 * Under which a stage is called.
 *
 * @param classes requested, in order
 * @param batch the plan's
 * @param budget queries that it may ask
 * @param patience checkpoints that return before the run is cancelled
 */
record StageConditions(List<Integer> classes, int batch, long budget, int patience) {
    static StageConditions usual(List<Integer> classes) {
        return new StageConditions(classes, 64, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    StageConditions ofClasses(List<Integer> others) {
        return new StageConditions(others, batch, budget, patience);
    }

    StageConditions ofBatch(int other) {
        return new StageConditions(classes, other, budget, patience);
    }

    StageConditions ofBudget(long queries) {
        return new StageConditions(classes, batch, queries, patience);
    }

    StageConditions cancelledAfter(int checkpoints) {
        return new StageConditions(classes, batch, budget, checkpoints);
    }
}
